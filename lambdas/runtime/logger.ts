import { Logger } from '@aws-lambda-powertools/logger';

/** Keys whose values never reach a log, at whatever depth they stand. */
export const REDACTED_KEYS: ReadonlySet<string> = new Set([
  'password',
  'currentPassword',
  'newPassword',
  'passwordHash',
  'password_hash',
  'token',
  'cookie',
  'cookies',
  'set-cookie',
  'authorization',
  'content',
  'body',
  'secret',
  'emailId',
]);

function redact(key: string, value: unknown): unknown {
  return REDACTED_KEYS.has(key) ? '[redacted]' : value;
}

/** Structured logs, one JSON object a line. Requests, records and causes by their ids, never their contents. */
export const logger = new Logger({ serviceName: 'ping-me', jsonReplacerFn: redact });
