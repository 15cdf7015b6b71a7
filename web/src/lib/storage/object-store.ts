/** A keyed collection of values, on disk where the browser allows it. */
export interface ObjectStore<V> {
  get(key: string): Promise<V | undefined>;
  all(): Promise<readonly V[]>;
  keys(): Promise<readonly string[]>;
  put(key: string, value: V): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  clear(): Promise<void>;
}

/** For a browser that keeps nothing (private windows of some): lasts as long as the page. */
export function memoryStore<V>(): ObjectStore<V> {
  const values = new Map<string, V>();
  return {
    get: async (key) => values.get(key),
    all: async () => [...values.values()],
    keys: async () => [...values.keys()],
    put: async (key, value) => {
      values.set(key, value);
    },
    remove: async (keys) => {
      for (const key of keys) values.delete(key);
    },
    clear: async () => values.clear(),
  };
}
