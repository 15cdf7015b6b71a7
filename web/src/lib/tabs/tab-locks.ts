type Mode = 'exclusive' | 'shared';

/** Locks that all tabs of this browser share. */
export interface TabLocks {
  /** Runs `action` while holding the lock; first come, first served. Rejects as `action` does, or when `signal` ends the wait. */
  run<T>(name: string, mode: Mode, action: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Whether any tab holds it. */
  isHeld(name: string): Promise<boolean>;
}

/** The browser's Web Locks; they go with the tab, so none is left behind. */
export function browserLocks(locks: LockManager): TabLocks {
  return {
    run: (name, mode, action, signal) => {
      // The signal ends the wait only: what has begun ends by itself.
      const options: LockOptions = signal ? { mode, signal } : { mode };
      return locks.request(name, options, action);
    },
    isHeld: async (name) => (await locks.query()).held?.some((lock) => lock.name === name) ?? false,
  };
}

interface Waiting {
  readonly mode: Mode;
  readonly start: () => void;
}

/** For a browser without Web Locks (an insecure origin): every tab is on its own. */
export function soleTabLocks(): TabLocks {
  const holders = new Map<string, Mode[]>();
  const queues = new Map<string, Waiting[]>();

  function advance(name: string): void {
    const held = holders.get(name) ?? [];
    const queue = queues.get(name) ?? [];
    for (let next = queue[0]; next; next = queue[0]) {
      const free = held.length === 0 || (next.mode === 'shared' && !held.includes('exclusive'));
      if (!free) break;
      queue.shift();
      held.push(next.mode);
      next.start();
    }
    holders.set(name, held);
    queues.set(name, queue);
  }

  return {
    run: (name, mode, action, signal) =>
      new Promise((resolve, reject) => {
        const waiting: Waiting = {
          mode,
          start: () => {
            action()
              .then(resolve, reject)
              .finally(() => {
                const held = holders.get(name) ?? [];
                held.splice(held.indexOf(mode), 1);
                advance(name);
              });
          },
        };
        const giveUp = () => {
          const queue = queues.get(name) ?? [];
          const at = queue.indexOf(waiting);
          if (at >= 0) queue.splice(at, 1);
          reject(signal?.reason);
        };
        if (signal?.aborted) return reject(signal.reason);
        signal?.addEventListener('abort', giveUp, { once: true });
        queues.set(name, [...(queues.get(name) ?? []), waiting]);
        advance(name);
      }),
    isHeld: async (name) => (holders.get(name)?.length ?? 0) > 0,
  };
}
