import { Client, policies, types } from 'cassandra-driver';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { type Crowd, expectPromisesKept, gatherCrowd, nodes, sendAll, settle } from '../../support/system.ts';

let crowd: Crowd;
const system = inject('system');

beforeAll(async () => {
  crowd = await gatherCrowd(system.origin, { people: 4, conversations: 3 });
});
afterAll(async () => {
  await nodes().start('cassandra', 2);
  await nodes().waitUntilReady('cassandra', 2);
  await crowd?.close();
});

it('kill -9 of one Cassandra node while messages are posted loses nothing, and the node gets what it missed', async () => {
  const posting = sendAll(crowd, { each: 40 });
  await waitFor('the first acknowledgements', () => crowd.ledger.acknowledgedCount > 50);
  await nodes().kill('cassandra', 2);
  await posting;
  const report = await settle(crowd);
  expectPromisesKept(report);
  expect(report).toMatchObject({ acknowledged: 480, stored: 480, deliveredToAll: 480 });

  await nodes().start('cassandra', 2);
  await nodes().waitUntilReady('cassandra', 2);
  const address = system.cassandra.contactPoints[1] ?? '';
  const itself = new Client({
    contactPoints: [address],
    // Only this node coordinates, and read at ONE it answers from its own rows.
    policies: {
      loadBalancing: new policies.loadBalancing.AllowListPolicy(
        new policies.loadBalancing.RoundRobinPolicy(),
        [`${address}:${system.cassandra.port}`],
      ),
    },
    localDataCenter: system.cassandra.localDataCenter,
    protocolOptions: { port: system.cassandra.port },
    keyspace: system.keyspace,
  });
  try {
    await waitFor('hints to bring the node up to date', async () => {
      let rows = 0;
      for (const conversationId of crowd.conversations) {
        const query =
          'SELECT message_id FROM messages_by_conversation WHERE conversation_id = ? AND bucket = 0';
        const options = { prepare: true, consistency: types.consistencies.one };
        rows += (await itself.execute(query, [conversationId], options)).rowLength;
      }
      return rows === 480;
    });
  } finally {
    await itself.shutdown();
  }
});
