import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { SOCKET_MAX_AGE_MS } from '../../../core/contract/limits.ts';
import { userAudience } from '../../../core/domain/audience.ts';
import { createDocumentClient } from '../../../lambdas/adapters/dynamodb/document-client.ts';
import { DynamoLiveConnections } from '../../../lambdas/adapters/dynamodb/dynamo-live-connections.ts';
import { DynamoMembershipCopy } from '../../../lambdas/adapters/dynamodb/dynamo-membership-copy.ts';
import { StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';
import { describeLiveConnections } from '../../support/ports/live-connections-suite.ts';
import { describeMembershipCopy } from '../../support/ports/membership-copy-suite.ts';
import { makeTemporaryTables, type TemporaryTables } from '../../support/temporary-tables.ts';

let tables: TemporaryTables;

beforeAll(async () => {
  tables = await makeTemporaryTables(inject('stores'), ['memberships', 'liveAudiences']);
});
afterAll(() => tables?.remove());

const openLive = () => new DynamoLiveConnections(tables.client, tables.tableName('liveAudiences'));

describeMembershipCopy(
  'DynamoDB',
  () => new DynamoMembershipCopy(tables.client, tables.tableName('memberships')),
);
describeLiveConnections('DynamoDB', openLive);

describe('DynamoDB: live connections', () => {
  it('expire some time after the connection must have ended', async () => {
    const connection = { connectionId: 'expiring', userId: 'ada', sessionId: 's' };
    await openLive().subscribe(connection, [userAudience('ada')]);
    const { Item } = await tables.client.send(
      new GetCommand({
        TableName: tables.tableName('liveAudiences'),
        Key: { audience: userAudience('ada'), member: 'expiring' },
      }),
    );
    const inMs = Number(Item?.expiresAt) * 1_000 - Date.now();
    expect(inMs).toBeGreaterThan(SOCKET_MAX_AGE_MS);
    expect(inMs).toBeLessThan(SOCKET_MAX_AGE_MS + 60 * 60_000);
  });

  it('count as gone once they have expired, though DynamoDB still has them', async () => {
    const audience = userAudience('late');
    const expiresAt = Math.floor(Date.now() / 1_000) - 1;
    const item = { audience, member: 'old', userId: 'late', sessionId: 's', expiresAt };
    await tables.client.send(new PutCommand({ TableName: tables.tableName('liveAudiences'), Item: item }));
    expect(await openLive().listenersOf(audience)).toEqual([]);
  });
});

describe('DynamoDB away', () => {
  it('is told as such', async () => {
    const client = createDocumentClient({ endpoint: 'http://127.0.0.1:9', region: 'us-east-1' });
    await expect(new DynamoMembershipCopy(client, 'any').listOf('ada')).rejects.toThrow(
      StoreUnavailableError,
    );
    await expect(new DynamoLiveConnections(client, 'any').listenersOf(userAudience('ada'))).rejects.toThrow(
      StoreUnavailableError,
    );
    client.destroy();
  });
});
