import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { HistoryResponse } from '../../../core/contract/messages.ts';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { type Crowd, expectPromisesKept, gatherCrowd, nodes, sendAll, settle } from '../../support/system.ts';

let crowd: Crowd;

beforeAll(async () => {
  crowd = await gatherCrowd(inject('system').origin, { people: 5, conversations: 4 });
});
afterAll(async () => {
  await nodes().start('store');
  await crowd?.close();
});

it('while the store function is stopped 1,000 messages are delivered live; when it starts, each is in history once, in order', async () => {
  await nodes().stop('store');
  await sendAll(crowd, { each: 50 });
  expect(crowd.ledger.acknowledgedCount).toBe(1_000);
  await waitFor('everybody to hear all 1,000', () => crowd.ledger.report().deliveredToAll === 1_000);

  const [reader] = crowd.people;
  const [conversationId = ''] = crowd.conversations;
  const page = await reader?.api.demand<HistoryResponse>('read-history', { params: { conversationId } });
  expect(page?.messages).toEqual([]);
  await waitFor('history to say that it is catching up', async () => {
    const later = await reader?.api.demand<HistoryResponse>('read-history', { params: { conversationId } });
    return later?.catchingUp;
  });

  await nodes().start('store');
  const report = await settle(crowd);
  expectPromisesKept(report);
  expect(report).toMatchObject({ sent: 1_000, acknowledged: 1_000, stored: 1_000, deliveredToAll: 1_000 });
  await waitFor('history to be complete again', async () => {
    const later = await reader?.api.demand<HistoryResponse>('read-history', { params: { conversationId } });
    return later?.catchingUp === false;
  });
});
