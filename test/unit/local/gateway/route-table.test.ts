import { describe, expect, it } from 'vitest';
import { ROUTES } from '../../../../core/contract/routes.ts';
import { matchRoute, routeTable } from '../../../../local/gateway/route-table.ts';

describe('matchRoute', () => {
  it.each(Object.entries(ROUTES))('finds %s', (name, { method, path }) => {
    const filled = path.replaceAll(/\{(\w+)\}/g, 'value-of-$1');
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => [
      parameter,
      `value-of-${parameter}`,
    ]);
    expect(matchRoute(method, filled)).toEqual({
      functionName: name,
      routeKey: `${method} ${path}`,
      ...(parameters.length === 0 ? {} : { pathParameters: Object.fromEntries(parameters) }),
    });
  });

  it('prefers a full match to one with parameters, whichever was declared first', () => {
    const match = routeTable({
      one: { method: 'GET', path: '/api/orders/{orderId}' },
      newest: { method: 'GET', path: '/api/orders/newest' },
    });
    expect(match('GET', '/api/orders/newest').functionName).toBe('newest');
    expect(match('GET', '/api/orders/7').functionName).toBe('one');
  });
});
