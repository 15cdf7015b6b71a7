import { ROUTES, type RouteDeclaration } from '../../core/contract/routes.ts';

/** The route that a request takes: the function that serves it, and what API Gateway tells it of the match. */
export interface RouteMatch {
  readonly functionName: string;
  /** "GET /api/users/{userId}", or "$default". */
  readonly routeKey: string;
  /** Absent where the route has no parameters. */
  readonly pathParameters?: Readonly<Record<string, string>>;
}

interface Route {
  readonly functionName: string;
  readonly method: string;
  readonly path: string;
  readonly segments: readonly string[];
  readonly parameterCount: number;
}

const isParameter = (segment: string) => segment.startsWith('{');

/** Finds the route of a request; the path is decoded: API Gateway takes an encoded slash for one, too. */
export type MatchRoute = (method: string, path: string) => RouteMatch;

/** Makes the routing of an HTTP API: a full match goes before one with parameters, and what matches nothing to $default. */
export function routeTable(
  declarations: Readonly<Record<string, Pick<RouteDeclaration, 'method' | 'path'>>>,
): MatchRoute {
  const routes: readonly Route[] = Object.entries(declarations)
    .map(([functionName, { method, path }]) => {
      const segments = path.split('/');
      return { functionName, method, path, segments, parameterCount: segments.filter(isParameter).length };
    })
    .sort((a, b) => a.parameterCount - b.parameterCount);
  return (method, path) => {
    const segments = path.split('/');
    for (const route of routes) {
      if (route.method !== method || route.segments.length !== segments.length) continue;
      const pathParameters = parametersOf(route.segments, segments);
      if (pathParameters === undefined) continue;
      return {
        functionName: route.functionName,
        routeKey: `${route.method} ${route.path}`,
        ...(route.parameterCount === 0 ? {} : { pathParameters }),
      };
    }
    return { functionName: 'route-not-found', routeKey: '$default' };
  };
}

export const matchRoute: MatchRoute = routeTable(ROUTES);

function parametersOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const given = segments[index] ?? '';
    if (!isParameter(expected)) {
      if (expected !== given) return undefined;
    } else {
      if (given === '') return undefined;
      parameters[expected.slice(1, -1)] = given;
    }
  }
  return parameters;
}
