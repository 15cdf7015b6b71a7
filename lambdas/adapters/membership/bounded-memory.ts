/** Remembers so many entries at most, the oldest first to go, each for so long at most. */
export class BoundedMemory<K, V> {
  readonly #entries = new Map<K, { readonly value: V; readonly until: number }>();
  readonly #maxEntries: number;
  readonly #lifetimeMs: number;
  readonly #now: () => number;

  /** @param now milliseconds of a clock that never steps back */
  constructor(options: { maxEntries: number; lifetimeMs: number; now?: () => number }) {
    this.#maxEntries = options.maxEntries;
    this.#lifetimeMs = options.lifetimeMs;
    this.#now = options.now ?? (() => performance.now());
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.until > this.#now()) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** @param since when the value was asked for, by the clock of `now`: it may be older than its arrival */
  set(key: K, value: V, since = this.#now()): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: since + this.#lifetimeMs });
    if (this.#entries.size <= this.#maxEntries) return;
    const oldest = this.#entries.keys().next().value;
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}
