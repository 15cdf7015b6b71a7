import { readFileSync } from 'node:fs';

/** Objects whose keys are data: names of headers, of parameters, of partitions. */
const MAPS = new Set([
  'headers',
  'multiValueHeaders',
  'queryStringParameters',
  'multiValueQueryStringParameters',
  'pathParameters',
  'stageVariables',
  'records',
  'authorizer',
]);

/**
 * What an event looks like, whatever stands in it: names of fields with their case, and types. Of a map only the types of
 * its values count, of a list the shape of what it holds.
 */
export function shapeOf(value: unknown, field = ''): unknown {
  if (value === null) return 'null';
  if (Array.isArray(value))
    return { listOf: distinct(value.map((item) => shapeOf(item, field === 'headers' ? 'headers' : ''))) };
  if (typeof value !== 'object') return typeof value;
  const entries = Object.entries(value);
  if (MAPS.has(field)) return { mapOf: distinct(entries.map(([, item]) => shapeOf(item))) };
  return Object.fromEntries(entries.map(([name, item]) => [name, shapeOf(item, name)]));
}

function distinct(shapes: unknown[]): unknown[] {
  return [...new Set(shapes.map((shape) => JSON.stringify(shape)))]
    .toSorted()
    .map((shape) => JSON.parse(shape));
}

interface Sample {
  /** Where AWS documents it. */
  readonly source: string;
  readonly event: Readonly<Record<string, unknown>>;
}

export function readSample(name: string): Sample {
  return JSON.parse(readFileSync(new URL(`./samples/${name}.json`, import.meta.url), 'utf8'));
}
