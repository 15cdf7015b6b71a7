import { type StoreName, StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';

/**
 * A store that goes away in the middle of something: all its ports count calls together, and from a given one on each
 * fails as the adapters do, before it has done anything.
 */
export class InterruptedStore {
  readonly #store: StoreName;
  #callsLeft = Number.POSITIVE_INFINITY;
  #failures = 0;

  constructor(store: StoreName) {
    this.#store = store;
  }

  /** The port as long as this store is there. */
  over<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return async (...values: unknown[]) => {
          this.#pass();
          return value.apply(target, values);
        };
      },
    });
  }

  /** Lets so many more calls through, and none after them. */
  interruptAfter(calls: number): void {
    this.#callsLeft = calls;
    this.#failures = 0;
  }

  /** Ends the interruption and says how many calls it made fail. */
  resume(): number {
    this.#callsLeft = Number.POSITIVE_INFINITY;
    return this.#failures;
  }

  #pass(): void {
    if (this.#callsLeft <= 0) {
      this.#failures += 1;
      throw new StoreUnavailableError(this.#store, 'interrupted for the test');
    }
    this.#callsLeft -= 1;
  }
}
