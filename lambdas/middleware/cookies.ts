/** Cookies by their names, from `name=value` pairs as API Gateway's payload 2.0 or a `Cookie` header split at `;` has them. */
export function parseCookies(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const separator = pair.indexOf('=');
      return [pair.slice(0, separator).trim(), pair.slice(separator + 1).trim()] as const;
    }),
  );
}
