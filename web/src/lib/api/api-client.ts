import { PROBLEMS, type ProblemCode } from '../../../../core/contract/problems.ts';
import { ROUTES, type RouteDeclaration, type RouteName } from '../../../../core/contract/routes.ts';
import { ApiError, type ApiProblem } from './api-error.ts';
import type { Call, CallOptions } from './route-types.ts';

/** API Gateway gives up after 30 s; nobody in front of a page waits that long. */
const REQUEST_TIMEOUT_MS = 15_000;

interface AnyInput {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

export interface ApiClientOptions {
  readonly fetch: typeof fetch;
  /** Told the server's clock (ms since the epoch) with every answer that says it. */
  readonly onServerTime?: (serverTime: number) => void;
}

/** A client of every route in the contract, on the page's own origin. It knows nothing of sessions. */
export function createApiClient({ fetch, onServerTime }: ApiClientOptions): Call {
  async function request(name: RouteName, input: AnyInput = {}, options: CallOptions = {}): Promise<unknown> {
    const route: RouteDeclaration = ROUTES[name];
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    try {
      const response = await fetch(address(route.path, input), {
        method: route.method,
        credentials: 'same-origin',
        cache: 'no-store',
        signal,
        headers: {
          accept: 'application/json, application/problem+json',
          ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      });
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(date)) onServerTime?.(date);
      return await readAnswer(route, response);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      if (options.signal?.aborted) throw new ApiError({ kind: 'aborted', cause: error });
      throw new ApiError({ kind: timeout.aborted ? 'timeout' : 'unreachable', cause: error });
    }
  }
  // The compiler can not follow a generic name into the declarations; `Call` says what each route takes and gives.
  return request as Call;
}

function address(path: string, { params, query }: AnyInput): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ''));
  const given = Object.entries(query ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return given.length === 0 ? filled : `${filled}?${new URLSearchParams(given)}`;
}

async function readAnswer(route: RouteDeclaration, response: Response): Promise<unknown> {
  if (response.status === route.success.status) {
    if (!route.success.body) return undefined;
    const body = parseObject(await response.text());
    if (body) return body;
  } else if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    const problem = readProblem(parseObject(await response.text()), response.status);
    if (problem)
      throw new ApiError({
        kind: 'problem',
        status: response.status,
        problem,
        retryAfter: retryAfter(response),
      });
  }
  throw new ApiError({ kind: 'foreign', status: response.status, retryAfter: retryAfter(response) });
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function readProblem(body: Record<string, unknown> | undefined, status: number): ApiProblem | undefined {
  const code = body?.code;
  if (!body || typeof code !== 'string' || !Object.hasOwn(PROBLEMS, code)) return undefined;
  const known = code as ProblemCode;
  return {
    code: known,
    status,
    title: typeof body.title === 'string' ? body.title : PROBLEMS[known].title,
    ...(typeof body.detail === 'string' ? { detail: body.detail } : {}),
    ...(Array.isArray(body.fields) ? { fields: body.fields.filter(isFieldProblem) } : {}),
    ...(typeof body.retryAfter === 'number' ? { retryAfter: body.retryAfter } : {}),
  };
}

function isFieldProblem(value: unknown): value is { field: string; message: string } {
  return typeof value === 'object' && value !== null && 'field' in value && 'message' in value;
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
