import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { codeOf } from '../../../drills/client/api-client.ts';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { type Crowd, expectPromisesKept, gatherCrowd, nodes, sendAll, settle } from '../../support/system.ts';

const NODES = [1, 2, 3];
let crowd: Crowd;

beforeAll(async () => {
  crowd = await gatherCrowd(inject('system').origin, { people: 3, conversations: 2 });
});
afterAll(async () => {
  for (const node of NODES) await nodes().start('cassandra', node);
  for (const node of NODES) await nodes().waitUntilReady('cassandra', node, 120_000);
  await crowd?.close();
});

it('Cassandra wholly away for longer than a session token lives: chat goes on live, known users sign in, nothing is missing afterwards', async () => {
  const [person] = crowd.people;
  const [conversationId = ''] = crowd.conversations;
  if (!person) throw new Error('A crowd needs people.');
  for (const node of NODES) await nodes().kill('cassandra', node);
  await sendAll(crowd, { each: 5 });

  await waitFor(
    'the session token to expire',
    async () => codeOf(await person.api.send('read-own-profile')) === 'session_expired',
  );
  await sendAll(crowd, { each: 5 });
  expect(crowd.ledger.acknowledgedCount).toBe(60);
  await waitFor('everybody to hear everything live', () => crowd.ledger.report().deliveredToAll === 60);

  const again = await person.onAnotherDevice();
  const list = await again.api.demand<{ catchingUp: boolean; conversations: { conversationId: string }[] }>(
    'list-conversations',
  );
  expect(list.catchingUp).toBe(true);
  expect(list.conversations.map((conversation) => conversation.conversationId)).toEqual(
    expect.arrayContaining([...crowd.conversations]),
  );
  const history = await again.api.call('read-history', { params: { conversationId } });
  expect(history).toMatchObject({ status: 503, body: { code: 'history_unavailable' } });

  for (const node of NODES) await nodes().start('cassandra', node);
  for (const node of NODES) await nodes().waitUntilReady('cassandra', node, 120_000);
  // No function instance is left behind by the outage, however long it was frozen meanwhile.
  for (const each of crowd.people) await each.createChannel();
  const report = await settle(crowd);
  expectPromisesKept(report);
  expect(report).toMatchObject({ sent: 60, acknowledged: 60, stored: 60, deliveredToAll: 60 });
});
