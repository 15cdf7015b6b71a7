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
  const possible = all.filter(allowed);
  const pairsOf = (combination: Record<string, T>) =>
    names.flatMap((a, index) =>
      names.slice(index + 1).map((b) => JSON.stringify([a, combination[a], b, combination[b]])),
    );
  const missing = new Set(possible.flatMap(pairsOf));
  const chosen: Record<string, T>[] = [];
  while (missing.size > 0) {
    let best: Record<string, T> | undefined;
    let bestCount = 0;
    for (const candidate of possible) {
      const count = pairsOf(candidate).filter((pair) => missing.has(pair)).length;
      if (count > bestCount) [best, bestCount] = [candidate, count];
    }
    if (best === undefined) break;
    for (const pair of pairsOf(best)) missing.delete(pair);
    chosen.push(best);
  }
  return chosen;
}
