import { Logger } from '@aws-lambda-powertools/logger';

/** Parts of key names whose values never reach a log, at whatever depth they stand: secrets, contents, addresses. */
const REDACTED_PARTS = [
  'password',
  'token',
  'cookie',
  'authorization',
  'content',
  'body',
  'secret',
  'email',
  'hash',
];
/** Keys of the log's own that happen to hold such a part. */
const HARMLESS_KEYS: ReadonlySet<string> = new Set(['content-type', 'content-length']);

export function isRedacted(key: string): boolean {
  const name = key.toLowerCase();
  return !HARMLESS_KEYS.has(name) && REDACTED_PARTS.some((part) => name.includes(part));
}

function redact(key: string, value: unknown): unknown {
  return isRedacted(key) ? '[redacted]' : value;
}

/** Structured logs, one JSON object a line. Requests, records and causes by their ids, never their contents. */
export const logger = new Logger({ serviceName: 'ping-me', jsonReplacerFn: redact });
