/** Makes `make`'s value at the first call and keeps it: what a function instance holds from one invocation to the next. */
export function once<T>(make: () => T): () => T {
  let held: { readonly value: T } | undefined;
  return () => {
    held ??= { value: make() };
    return held.value;
  };
}
