/**
 * Combinations in which every pair of values of two parameters occurs at least once, as far as `allowed` lets them:
 * greedy, in a stable order.
 */
export function pairwise<T>(
  parameters: Readonly<Record<string, readonly T[]>>,
  allowed: (combination: Readonly<Record<string, T>>) => boolean,
): Record<string, T>[] {
  const names = Object.keys(parameters);
  const all = names.reduce<Record<string, T>[]>(
    (combinations, name) =>
      combinations.flatMap((combination) =>
        (parameters[name] ?? []).map((value) => ({ ...combination, [name]: value })),
      ),
    [{}],
  );
  // Every value of every parameter has a number, and every pair of two of them: there are tens of thousands of combinations.
  const values = names.flatMap((name) => (parameters[name] ?? []).map((value) => ({ name, value })));
  const numberOf = (name: string, value: T | undefined) =>
    values.findIndex((known) => known.name === name && known.value === value);
  const possible = all.filter(allowed).map((combination) => {
    const numbers = names.map((name) => numberOf(name, combination[name]));
    const pairs = numbers.flatMap((a, index) => numbers.slice(index + 1).map((b) => a * values.length + b));
    return { combination, pairs: Uint16Array.from(pairs) };
  });
  const missing = new Uint8Array(values.length ** 2);
  for (const { pairs } of possible) for (const pair of pairs) missing[pair] = 1;
  const chosen: Record<string, T>[] = [];
  for (;;) {
    let best: (typeof possible)[number] | undefined;
    let bestCount = 0;
    for (const candidate of possible) {
      let count = 0;
      for (const pair of candidate.pairs) count += missing[pair] ?? 0;
      if (count > bestCount) [best, bestCount] = [candidate, count];
    }
    if (best === undefined) return chosen;
    for (const pair of best.pairs) missing[pair] = 0;
    chosen.push(best.combination);
  }
}
