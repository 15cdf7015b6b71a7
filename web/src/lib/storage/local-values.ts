/** Small values that are there at once at start-up; a browser that refuses to keep them loses them, nothing else. */
export interface LocalValues {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

export function localValues(storage: Storage): LocalValues {
  return {
    get: (key) => attempt(() => storage.getItem(key)) ?? null,
    set: (key, value) => void attempt(() => storage.setItem(key, value)),
    remove: (key) => void attempt(() => storage.removeItem(key)),
    keys: () => attempt(() => Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '')) ?? [],
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
