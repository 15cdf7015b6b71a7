import { type StoreName, StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';

/** A port whose store can be away: while it is, every method fails as the adapters do. */
export interface Breakable<T> {
  readonly port: T;
  setAway(away: boolean): void;
  /** Names of the methods that were called, in order, outages included. */
  readonly calls: string[];
}

export function breakable<T extends object>(port: T, store: StoreName): Breakable<T> {
  let isAway = false;
  const calls: string[] = [];
  const proxy = new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return async (...values: unknown[]) => {
        calls.push(String(name));
        if (isAway) throw new StoreUnavailableError(store, 'away for the test');
        return value.apply(target, values);
      };
    },
  });
  return {
    port: proxy,
    calls,
    setAway: (away) => {
      isAway = away;
    },
  };
}
