import { createHash, timingSafeEqual } from 'node:crypto';
import { ORIGIN_SECRET_HEADER } from '../../core/contract/security-headers.ts';
import { Problem } from '../application/problem.ts';
import { acceptedOriginSecrets } from '../runtime/origin-secret.ts';
import type { HttpMiddleware } from './http-function.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Refuses what did not come through CloudFront (or the local gateway, which stands in for it). */
export function originSecret(): HttpMiddleware {
  return {
    before: async ({ event }) => {
      const given = digest(event.headers[ORIGIN_SECRET_HEADER] ?? '');
      const accepted = await acceptedOriginSecrets();
      // Every comparison is made, whatever the first ones said, so that time tells nothing.
      const matches = accepted.map((secret) => timingSafeEqual(digest(secret), given));
      if (!matches.includes(true)) throw new Problem('origin_refused');
    },
  };
}
