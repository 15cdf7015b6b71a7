import { ROUTES, type RouteDeclaration, type RouteName } from '../../core/contract/routes.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

export interface CallOptions {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** As on the page: API Gateway gives up after 30 s, and nobody in front of a page waits that long. */
const REQUEST_TIMEOUT_MS = 15_000;

/** A client of the public API that keeps cookies as a browser does, for drills, benchmarks and tests. */
export class ApiClient {
  readonly origin: string;
  readonly #cookies = new Map<string, { value: string; path: string }>();
  #refreshing: Promise<ApiAnswer> | undefined;

  constructor(origin: string) {
    this.origin = origin;
  }

  /**
   * Sends one request; an expired session is refreshed first, once, as the page does. Rejects only if there is no answer
   * at all.
   */
  async call(name: RouteName, options: CallOptions = {}): Promise<ApiAnswer> {
    const answer = await this.send(name, options);
    if (codeOf(answer) !== 'session_expired') return answer;
    this.#refreshing ??= this.send('refresh-session').finally(() => {
      this.#refreshing = undefined;
    });
    await this.#refreshing;
    return this.send(name, options);
  }

  /** Sends one request and gives its answer as it is. */
  async send(
    name: RouteName,
    { params = {}, query = {}, body, headers = {} }: CallOptions = {},
  ): Promise<ApiAnswer> {
    const route: RouteDeclaration = ROUTES[name];
    const path = route.path.replace(/\{(\w+)\}/g, (_, param: string) =>
      encodeURIComponent(params[param] ?? ''),
    );
    const search = new URLSearchParams(query).toString();
    const response = await fetch(`${this.origin}${path}${search === '' ? '' : `?${search}`}`, {
      method: route.method,
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        cookie: this.cookieHeader(path),
        origin: this.origin,
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    this.#keep(response.headers.getSetCookie());
    const text = await response.text();
    return { status: response.status, body: jsonOrText(text), headers: response.headers };
  }

  /** Like `call`, for an answer that has to succeed. */
  async demand<T>(name: RouteName, options: CallOptions = {}): Promise<T> {
    const answer = await this.call(name, options);
    if (answer.status >= 300) {
      throw new Error(`${name} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    return answer.body as T;
  }

  /** What a browser sends along to `path`. */
  cookieHeader(path: string): string {
    return [...this.#cookies]
      .filter(([, cookie]) => path.startsWith(cookie.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name)?.value;
  }

  setCookie(name: string, value: string, path: string): void {
    this.#cookies.set(name, { value, path });
  }

  #keep(setCookies: readonly string[]): void {
    for (const setCookie of setCookies) {
      const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1);
      const attribute = (wanted: string) =>
        attributes.find((text) => text.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
      if (attribute('max-age') === '0') this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path: attribute('path') ?? '/' });
    }
  }
}

/** The problem code of an answer that is a problem of ours. */
export function codeOf({ body }: ApiAnswer): string | undefined {
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : undefined;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}
