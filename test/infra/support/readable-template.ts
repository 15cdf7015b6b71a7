import type { SynthesizedTemplate } from './synthesize.ts';

/** Hashes of assets, and what the CDK's names take from them. */
const HASHES = /[0-9a-f]{64}|[0-9a-f]{32}(?![0-9a-f-])/g;
/** For tools only. */
const IGNORED_SECTIONS: ReadonlySet<string> = new Set(['Parameters', 'Rules']);

/**
 * A template as lines that can be read and compared: one for each property of a resource and for each statement of a policy,
 * with every hash of an asset masked.
 */
export function readableTemplate(template: SynthesizedTemplate): string {
  const lines: string[] = [];
  for (const [section, entries] of Object.entries(template)) {
    if (IGNORED_SECTIONS.has(section)) continue;
    lines.push(section);
    if (typeof entries !== 'object' || entries === null) lines.push(`  ${JSON.stringify(entries)}`);
    else for (const [id, entry] of Object.entries(entries)) lines.push(...linesOf(id, entry));
  }
  return `${lines.join('\n').replace(HASHES, '<hash>')}\n`;
}

function linesOf(id: string, entry: unknown): string[] {
  if (typeof entry !== 'object' || entry === null || !('Type' in entry))
    return [`  ${id} ${JSON.stringify(entry)}`];
  const { Type, Properties = {}, Metadata: _paths, ...rest } = entry as Record<string, unknown>;
  return [
    `  ${id} ${String(Type)}`,
    ...Object.entries(rest).map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`),
    ...Object.entries(Properties as Record<string, unknown>).flatMap(([name, value]) =>
      propertyLines(name, value),
    ),
  ];
}

function propertyLines(name: string, value: unknown): string[] {
  if (typeof value === 'object' && value !== null && 'Statement' in value && Array.isArray(value.Statement)) {
    return value.Statement.map((statement) => `    .${name}: ${JSON.stringify(statement)}`);
  }
  return [`    .${name}: ${JSON.stringify(value)}`];
}
