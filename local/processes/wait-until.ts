/**
 * Asks again and again until the answer is yes. A probe that throws counts as no.
 *
 * @param pauseMilliseconds between the end of one probe and the next
 * @returns false when the signal ended the wait first
 */
export async function waitUntil(
  probe: () => Promise<boolean>,
  pauseMilliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    if (await probe().catch(() => false)) return true;
    await pause(pauseMilliseconds, signal);
  }
  return false;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
