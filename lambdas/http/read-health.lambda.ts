import { readHealth } from '../application/operations/read-health.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { probes } from '../runtime/health.ts';

/** Anyone may ask, so the stores are asked at most so often. */
const ANSWER_LIFETIME_MS = 2_000;
let answer: { readonly at: number; readonly health: ReturnType<typeof readHealth> } | undefined;

export const handler = httpFunction('read-health', async () => {
  if (answer === undefined || performance.now() - answer.at > ANSWER_LIFETIME_MS) {
    answer = { at: performance.now(), health: readHealth(probes()) };
  }
  return { body: await answer.health };
});
