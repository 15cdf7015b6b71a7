import type * as z from 'zod/mini';
import type { ROUTES, RouteName } from '../../core/contract/routes.ts';
import type { Session } from '../application/ports/session-tokens.ts';

type SchemaOf<N extends RouteName, K extends 'params' | 'query' | 'body'> = (typeof ROUTES)[N] extends {
  [key in K]: infer S extends z.core.$ZodType;
}
  ? z.infer<S>
  : undefined;

type SuccessOf<N extends RouteName> = (typeof ROUTES)[N]['success'] extends {
  body: infer S extends z.core.$ZodType;
}
  ? z.infer<S>
  : undefined;

/** A request as a use case wants it: checked against the route's declaration, who asks included. */
export interface RouteRequest<N extends RouteName> {
  readonly params: SchemaOf<N, 'params'>;
  readonly query: SchemaOf<N, 'query'>;
  readonly body: SchemaOf<N, 'body'>;
  /** Who asks; on a public route only if there is a valid session. */
  readonly session: (typeof ROUTES)[N]['public'] extends true ? Session | undefined : Session;
  readonly cookies: Readonly<Record<string, string>>;
  /** The address of the caller, as the one in front of us reports it. */
  readonly sourceAddress: string;
  readonly requestId: string;
  readonly traceparent: string;
}

export interface RouteAnswer<N extends RouteName> {
  readonly body: SuccessOf<N>;
  /** Values of `Set-Cookie`. */
  readonly cookies?: readonly string[];
}
