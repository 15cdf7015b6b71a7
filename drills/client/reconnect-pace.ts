import {
  SOCKET_RETRY_FIRST_MS,
  SOCKET_RETRY_LONGEST_MS,
  SOCKET_STABLE_AFTER_MS,
} from '../../core/contract/limits.ts';

/** As on the page. */
const ASK_WHY_EVERY = 4;

/** When a client connects again, as the page does it: full jitter within a window that doubles with each failure. */
export class ReconnectPace {
  readonly #random: () => number;
  #failures = 0;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Whether the next try is preceded by a question that says why the last one was refused, which a handshake does not. */
  get asksWhy(): boolean {
    return this.#failures > 0 && this.#failures % ASK_WHY_EVERY === 0;
  }

  /**
   * A connection has ended, or did not open.
   *
   * @param lastedMs how long it was open
   * @returns how long to wait before the next try, in milliseconds
   */
  failed(lastedMs = 0): number {
    if (lastedMs >= SOCKET_STABLE_AFTER_MS) this.#failures = 0;
    this.#failures += 1;
    const window = SOCKET_RETRY_FIRST_MS * 2 ** Math.min(this.#failures - 1, 10);
    return this.#random() * Math.min(SOCKET_RETRY_LONGEST_MS, window);
  }
}
