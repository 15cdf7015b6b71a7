/** What becomes of a handshake whose turn has come. */
export type Turn = 'go-on' | 'too-late';

/** A handshake that waits for its turn. */
interface Waiting {
  readonly since: number;
  readonly resolve: (turn: Turn) => void;
}

export interface SocketHandshakesOptions {
  /** How many are under way at once. */
  readonly atOnce: number;
  /** Whoever waited longer is turned away: most have given up by then, and whoever has not comes back later. */
  readonly patienceMilliseconds: number;
  /** Milliseconds of a clock that never steps back. */
  readonly now?: () => number;
}

/**
 * Lets handshakes begin in turn, a few at a time. Begun all at once, a thousand that come back after the same outage would all be
 * answered late, when their clients have given up; and what was done for them would have to be undone. API Gateway opens 500 a
 * second and answers 429 beyond that.
 */
export class SocketHandshakes {
  readonly #options: SocketHandshakesOptions;
  readonly #now: () => number;
  readonly #waiting: Waiting[] = [];
  #underWay = 0;

  constructor(options: SocketHandshakesOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Resolves when it is one's turn. Whoever goes on must say `ended` afterwards, once. */
  turn(): Promise<Turn> {
    if (this.#underWay < this.#options.atOnce) {
      this.#underWay += 1;
      return Promise.resolve('go-on');
    }
    return new Promise((resolve) => this.#waiting.push({ since: this.#now(), resolve }));
  }

  ended(): void {
    this.#underWay -= 1;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (this.#now() - next.since > this.#options.patienceMilliseconds) {
        next.resolve('too-late');
        continue;
      }
      this.#underWay += 1;
      next.resolve('go-on');
      return;
    }
  }
}
