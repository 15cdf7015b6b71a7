/** The DOM types know nothing of it, Node does; the double of IndexedDB works by it, so fake timers leave it alone. */
declare function setImmediate(callback: () => void): unknown;

/** Lets everything happen that waits for no timer. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 60; round += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
