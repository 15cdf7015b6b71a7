import type * as z from 'zod/mini';
import type { ROUTES, RouteName } from '../../../../core/contract/routes.ts';

type Declarations = typeof ROUTES;

type Part<N extends RouteName, K extends 'params' | 'query' | 'body'> = Declarations[N] extends {
  readonly [P in K]: infer Schema extends z.core.$ZodType;
}
  ? { readonly [P in K]: z.input<Schema> }
  : unknown;

/** What a caller gives to a route: its path parameters, query and body, as the contract takes them. */
export type RouteInput<N extends RouteName> = Part<N, 'params'> & Part<N, 'query'> & Part<N, 'body'>;

/** What a route answers with success; `undefined` where there is no body. */
export type RouteOutput<N extends RouteName> = Declarations[N]['success'] extends {
  readonly body: infer Schema extends z.core.$ZodType;
}
  ? z.output<Schema>
  : undefined;

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** The arguments after the route's name: a route without input takes none. */
export type CallArguments<N extends RouteName> =
  unknown extends RouteInput<N>
    ? [input?: undefined, options?: CallOptions]
    : [input: RouteInput<N>, options?: CallOptions];

/** Calls one route. Rejects with `ApiError` only. */
export type Call = <N extends RouteName>(name: N, ...args: CallArguments<N>) => Promise<RouteOutput<N>>;
