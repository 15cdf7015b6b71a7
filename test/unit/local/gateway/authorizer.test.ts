import { describe, expect, it } from 'vitest';
import type { InvocationResult } from '../../../../local/functions/invocation.ts';
import { readAuthorization } from '../../../../local/gateway/authorizer.ts';

const arn = 'arn:aws:execute-api:us-east-1:000000000000:api/ws/$connect';

function policy(statements: object[], more: object = {}): InvocationResult {
  return {
    kind: 'returned',
    value: { principalId: 'anna', policyDocument: { Version: '2012-10-17', Statement: statements }, ...more },
  };
}
const statement = (Effect: string, Resource: string | string[] = arn, Action = 'execute-api:Invoke') => ({
  Effect,
  Action,
  Resource,
});
const read = (result: InvocationResult) => readAuthorization(result, arn, 12.4);

describe('readAuthorization', () => {
  it('lets in with the context as text', () => {
    expect(
      read(policy([statement('Allow')], { context: { sessionId: 's', refreshable: true, expiresAt: 5 } })),
    ).toEqual({
      kind: 'allowed',
      context: {
        principalId: 'anna',
        integrationLatency: 12,
        sessionId: 's',
        refreshable: 'true',
        expiresAt: '5',
      },
    });
  });

  it.each([
    ['a wildcard', statement('Allow', '*')],
    ['a wildcard within', statement('Allow', 'arn:aws:execute-api:*:api/ws/*')],
    ['one of several', statement('Allow', ['arn:aws:other', arn])],
    ['any action', statement('Allow', arn, 'execute-api:*')],
  ])('lets in by %s', (_, allowed) => {
    expect(read(policy([allowed])).kind).toBe('allowed');
  });

  it.each([
    ['a denial', [statement('Deny')]],
    ['a denial beside a permission', [statement('Allow'), statement('Deny', '*')]],
    ['a permission for something else', [statement('Allow', `${arn}x`)]],
    ['a permission for another action', [statement('Allow', arn, 'execute-api:ManageConnections')]],
    ['no statement', []],
  ])('refuses with 403 for %s', (_, statements) => {
    expect(read(policy(statements))).toEqual({ kind: 'refused', status: 403 });
  });

  it('refuses with 401 when the authorizer says Unauthorized', () => {
    expect(read({ kind: 'failed', errorType: 'Error', errorMessage: 'Unauthorized' })).toEqual({
      kind: 'refused',
      status: 401,
    });
  });

  it.each([
    ['a failure', { kind: 'failed', errorType: 'Error', errorMessage: 'unauthorized' }],
    ['a throttled function', { kind: 'throttled' }],
    ['no policy', { kind: 'returned', value: { isAuthorized: true } }],
    ['a context with an object', policy([statement('Allow')], { context: { a: {} } })],
  ] as const)('refuses with 500 for %s', (_, result) => {
    expect(read(result)).toEqual({ kind: 'refused', status: 500 });
  });
});
