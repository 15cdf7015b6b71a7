import { createHash, timingSafeEqual } from 'node:crypto';
import { ORIGIN_SECRET_HEADER } from '../../core/contract/security-headers.ts';
import { Problem } from '../application/ports/problem.ts';
import { acceptedOriginSecrets, rereadOriginSecrets } from '../runtime/origin-secret.ts';
import type { HttpMiddleware } from './http-event.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Whether a request came through CloudFront (or the local gateway, which stands in for it). Header names in lower case. */
export async function carriesOriginSecret(
  headers: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const given = digest(headers[ORIGIN_SECRET_HEADER] ?? '');
  if (isAmong(given, await acceptedOriginSecrets())) return true;
  const reread = await rereadOriginSecrets();
  return reread !== undefined && isAmong(given, reread);
}

function isAmong(given: Buffer, accepted: readonly string[]): boolean {
  // Every comparison is made, whatever the first ones said, so that time tells nothing.
  const matches = accepted.map((secret) => timingSafeEqual(digest(secret), given));
  return matches.includes(true);
}

/** Refuses what got past CloudFront. */
export function originSecret(): HttpMiddleware {
  return {
    before: async ({ event }) => {
      if (!(await carriesOriginSecret(event.headers))) throw new Problem('origin_refused');
    },
  };
}
