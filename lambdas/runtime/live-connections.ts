import { setTimeout as pause } from 'node:timers/promises';
import { LISTENERS_REMEMBERED_MS } from '../../core/contract/limits.ts';
import { DynamoLiveConnections } from '../adapters/dynamodb/dynamo-live-connections.ts';
import { RememberedListeners } from '../adapters/reading/remembered-listeners.ts';
import type { LiveConnections } from '../application/ports/live-connections.ts';
import { dynamodb } from './dynamodb.ts';
import { once } from './once.ts';

export const liveConnections = once((): LiveConnections => {
  const { client, tableName } = dynamodb();
  return new RememberedListeners(new DynamoLiveConnections(client, tableName('liveAudiences')));
});

/** Resolves once no instance remembers who listened when it was called. */
export async function untilListenersAreForgotten(): Promise<void> {
  await pause(LISTENERS_REMEMBERED_MS);
}
