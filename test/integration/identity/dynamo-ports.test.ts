import { afterAll, beforeAll, inject } from 'vitest';
import { DynamoIdentityCache } from '../../../lambdas/adapters/dynamodb/identity-cache.ts';
import { DynamoRateLimiter } from '../../../lambdas/adapters/dynamodb/rate-limiter.ts';
import { DynamoSessions } from '../../../lambdas/adapters/dynamodb/sessions.ts';
import { describeIdentityCache } from '../../support/ports/identity-cache-suite.ts';
import { describeRateLimiter } from '../../support/ports/rate-limiter-suite.ts';
import { describeSessions } from '../../support/ports/sessions-suite.ts';
import { makeTemporaryTables, type TemporaryTables } from '../../support/temporary-tables.ts';

let tables: TemporaryTables;

beforeAll(async () => {
  tables = await makeTemporaryTables(inject('stores'), ['identities', 'sessions', 'rateLimits']);
});
afterAll(() => tables?.remove());

describeIdentityCache(
  'DynamoDB',
  () => new DynamoIdentityCache(tables.client, tables.tableName('identities')),
);
describeSessions('DynamoDB', () => new DynamoSessions(tables.client, tables.tableName('sessions')));
describeRateLimiter(
  'DynamoDB',
  (now) => new DynamoRateLimiter(tables.client, tables.tableName('rateLimits'), now),
);
