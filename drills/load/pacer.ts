const TICK_MS = 10;

/** Calls `due` so many times a second, evenly, whatever becomes of the calls: an open loop. */
export class Pacer {
  readonly #due: () => void;
  #perSecond = 0;
  #owed = 0;
  #lastAt = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(due: () => void) {
    this.#due = due;
  }

  /** From now on; 0 stops it. */
  setRate(perSecond: number): void {
    this.#settle();
    this.#perSecond = perSecond;
    clearInterval(this.#timer);
    if (perSecond > 0) this.#timer = setInterval(() => this.#settle(), TICK_MS);
    else this.#owed = 0;
  }

  #settle(): void {
    const now = performance.now();
    this.#owed += ((now - this.#lastAt) / 1_000) * this.#perSecond;
    this.#lastAt = now;
    for (; this.#owed >= 1; this.#owed -= 1) this.#due();
  }
}
