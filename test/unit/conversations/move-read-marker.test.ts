import { describe, expect, it } from 'vitest';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import { moveReadMarker } from '../../../lambdas/application/conversations/move-read-marker.ts';
import { isPlausibleMarker } from '../../../lambdas/application/conversations/plausible-marker.ts';
import type { Standing } from '../../../lambdas/application/ports/memberships.ts';
import { idAt, makeWorld, type World } from './world.ts';

const conversationId = 'dm:ada:bob';
const move = (world: World, messageId: string, standing: Standing = 'member') =>
  moveReadMarker(
    { ...world.ports, membershipCheck: { standingOf: async () => standing } },
    'ada',
    conversationId,
    messageId,
  );

describe('moving the read marker', () => {
  it('moves it and tells the user', async () => {
    const world = makeWorld();
    const { messageId } = await world.store(conversationId, 5, 'bob');
    await move(world, messageId);
    expect(await world.marked.find('ada', conversationId)).toBe(messageId);
    expect(world.signals).toEqual([{ type: 'read-marker.moved', conversationId, userId: 'ada', messageId }]);
  });

  it('changes nothing and tells nobody where it stands there or further on', async () => {
    const world = makeWorld();
    const { messageId } = await world.store(conversationId, 5, 'bob');
    await move(world, messageId);
    world.signals.length = 0;
    await move(world, messageId);
    await move(world, idAt(4));
    expect(await world.marked.find('ada', conversationId)).toBe(messageId);
    expect(world.signals).toEqual([]);
  });

  it('takes a message that was heard live and is not stored yet', async () => {
    const world = makeWorld();
    await move(world, idAt(1));
    await world.store(conversationId, 5, 'bob');
    await move(world, idAt(8));
    expect(await world.marked.find('ada', conversationId)).toBe(idAt(8));
  });

  it('refuses what can be no message of this conversation, naming the field', async () => {
    const world = makeWorld();
    await world.store(conversationId, 5, 'bob');
    await expect(move(world, `7${'Z'.repeat(25)}`)).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ field: 'messageId' }],
    });
    expect(await world.marked.find('ada', conversationId)).toBeUndefined();
  });

  it("is refused in somebody else's conversation, and with Cassandra away", async () => {
    const world = makeWorld();
    await expect(move(world, idAt(1), 'unknown')).rejects.toMatchObject({ code: 'conversation_not_found' });
    world.cassandra.interruptAfter(0);
    await expect(move(world, idAt(1))).rejects.toMatchObject({ code: 'history_unavailable' });
  });

  it('succeeds with the log away', async () => {
    const world = makeWorld();
    world.kafka.interruptAfter(0);
    await move(world, idAt(1));
    expect(await world.marked.find('ada', conversationId)).toBe(idAt(1));
  });
});

describe('a plausible marker', () => {
  const now = Date.UTC(2026, 0, 2);
  const id = (offset: number, { generation = 1, partition = 2 } = {}) =>
    messageIdOf({ generation, partition, offset: BigInt(offset), appendedAt: now });
  const head = id(1_000);

  it.each([
    ['an older message', id(1), true],
    ['the head itself', head, true],
    ['one that was just appended', id(1_001), true],
    ['one a busy minute after it', id(500_000), true],
    ['one the log can not have come to', id(1_000_000), false],
    ['one of another partition', id(1_000, { partition: 3 }), false],
    ['one of an earlier making of the topic', id(9_000_000, { generation: 0, partition: 5 }), true],
    ['one of a later making of the topic', id(1, { generation: 2 }), false],
  ])('%s: %s', (_what, messageId, plausible) => {
    expect(isPlausibleMarker(messageId, head, now)).toBe(plausible);
  });

  it('may be further on the longer ago the head was appended', () => {
    expect(isPlausibleMarker(id(30_000_000), head, now + 3_600_000)).toBe(true);
  });
});
