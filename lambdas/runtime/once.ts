/**
 * Makes `make`'s value at the first call and keeps it: what a function instance holds from one invocation to the next. What
 * fails is not kept, be it thrown or a promise that rejects: the next call makes it anew.
 */
export function once<T>(make: () => T): () => T {
  let held: { readonly value: T } | undefined;
  return () => {
    if (held !== undefined) return held.value;
    const made = { value: make() };
    held = made;
    if (made.value instanceof Promise) {
      made.value.catch(() => {
        if (held === made) held = undefined;
      });
    }
    return made.value;
  };
}
