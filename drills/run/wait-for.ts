import { setTimeout as pause } from 'node:timers/promises';

/**
 * Resolves with the first result of `probe` that is not undefined, false or an error; looks again every `pauseMs`.
 *
 * @throws {Error} naming `what` when `timeoutMs` have passed
 */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 60_000,
  pauseMs = 100,
): Promise<T> {
  const giveUpAt = performance.now() + timeoutMs;
  let failure: unknown;
  for (;;) {
    try {
      const result = await probe();
      if (result !== undefined && result !== false) return result;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > giveUpAt)
      throw new Error(`Waited ${timeoutMs} ms for ${what}.`, { cause: failure });
    await pause(pauseMs);
  }
}
