/** Cookies by their names, from `name=value` pairs as API Gateway's payload 2.0 or a `Cookie` header split at `;` has them. */
export function parseCookies(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const separator = pair.indexOf('=');
      return [pair.slice(0, separator).trim(), pair.slice(separator + 1).trim()] as const;
    }),
  );
}

/**
 * The cookies of an event of the HTTP API, as `name=value` pairs. API Gateway has them in `cookies` and takes them out of the
 * headers; emulators leave them there.
 */
export function cookiesOf(event: {
  readonly cookies?: readonly string[] | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
}): readonly string[] {
  return event.cookies ?? event.headers.cookie?.split(';') ?? [];
}
