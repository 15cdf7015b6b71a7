/** Small values that are there at once at start-up; a browser that refuses to keep them has them as long as the page. */
export interface LocalValues {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

export function localValues(storage: Storage): LocalValues {
  const refused = new Map<string, string>();
  return {
    get: (key) => refused.get(key) ?? attempt(() => storage.getItem(key)) ?? null,
    set: (key, value) => {
      const kept = attempt(() => {
        storage.setItem(key, value);
        return true;
      });
      if (kept) refused.delete(key);
      else refused.set(key, value);
    },
    remove: (key) => {
      refused.delete(key);
      attempt(() => storage.removeItem(key));
    },
    keys: () => [
      ...refused.keys(),
      ...(attempt(() => Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '')) ?? []),
    ],
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
