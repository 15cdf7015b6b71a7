/** Resolves a promise for a nonce once it has arrived so many times. */
export class Arrivals {
  readonly #waiting = new Map<string, { left: number; resolve: () => void }>();

  expect(nonce: string, times: number): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(nonce, { left: times, resolve }));
  }

  arrived(nonce: string): void {
    const waiting = this.#waiting.get(nonce);
    if (waiting === undefined) return;
    waiting.left -= 1;
    if (waiting.left > 0) return;
    this.#waiting.delete(nonce);
    waiting.resolve();
  }
}
