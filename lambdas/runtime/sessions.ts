import { DynamoSessions } from '../adapters/dynamodb/sessions.ts';
import type { Sessions } from '../application/ports/sessions.ts';
import { dynamodb } from './dynamodb.ts';
import { once } from './once.ts';
import { sessionKeyRing } from './session-keys.ts';

export const sessions = once((): Sessions => {
  const { client, tableName } = dynamodb();
  return new DynamoSessions(client, tableName('sessions'));
});

/** What refresh tokens are derived with: the session keys, the current one first. */
export async function refreshKeys(): Promise<readonly Uint8Array[]> {
  const { current, accepted } = await sessionKeyRing().keys();
  return [current.key, ...[...accepted.values()].filter((key) => key !== current.key)];
}
