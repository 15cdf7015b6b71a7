import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { rowsOfNode } from '../../../drills/cassandra/rows-of-node.ts';
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
  const { keyspace } = system;
  const { conversations } = crowd;
  await waitFor(
    'hints to bring the node up to date',
    async () => (await rowsOfNode(system, { node: 2, keyspace, conversations })) === 480,
  );
});
