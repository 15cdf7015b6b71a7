/** Timers, listeners and requests that end together. */
export class Scope {
  readonly #abort = new AbortController();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  readonly #endings: (() => void)[] = [];

  /** Aborted when the scope ends. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get ended(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Runs `action` after `delayMs` unless the scope has ended by then; gives what calls it off. */
  after(delayMs: number, action: () => void): () => void {
    if (this.ended) return () => {};
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  /** Resolves after `delayMs`, or as soon as the scope ends. */
  pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.ended) return resolve();
      this.after(delayMs, resolve);
      this.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  listen(target: EventTarget, type: string, listener: (event: Event) => void): void {
    target.addEventListener(type, listener, { signal: this.signal });
  }

  /** Runs `ending` when the scope ends; at once if it has. */
  onEnd(ending: () => void): void {
    if (this.ended) ending();
    else this.#endings.push(ending);
  }

  end(): void {
    if (this.ended) return;
    this.#abort.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    for (const ending of this.#endings.splice(0)) ending();
  }
}
