import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../core/contract/messages.ts';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import type { History } from '../../../lambdas/application/ports/history.ts';
import type { MessageStore } from '../../../lambdas/application/ports/message-store.ts';

const idAt = (offset: number) =>
  messageIdOf({ generation: 0, partition: 0, offset: BigInt(offset), appendedAt: 1_700_000_000_000 });

function messageAt(conversationId: string, offset: number, nonce = `nonce-${offset}`): Message {
  return {
    messageId: idAt(offset),
    conversationId,
    sender: 'ada',
    nonce,
    content: `message ${offset}`,
    postedAt: '2023-11-14T22:13:20.000Z',
  };
}

/** What MessageStore and History promise, whichever store stands behind them. */
export function describeMessageStore(name: string, open: () => MessageStore & History): void {
  const newConversation = () => `channel:${randomUUID()}`;

  /** Two buckets: offsets 1–5 in the first, 6–9 in the second. */
  async function twoBuckets(store: MessageStore): Promise<string> {
    const conversationId = newConversation();
    const write = async (number: number, from: number, through: number) => {
      await store.openBucket(conversationId, { number, firstId: idAt(from), count: 0, throughId: '' });
      const offsets = Array.from({ length: through - from + 1 }, (_, index) => from + index);
      await store.writeMessages(
        conversationId,
        number,
        offsets.map((offset) => messageAt(conversationId, offset)),
      );
      const bucket = { number, firstId: idAt(from), count: offsets.length, throughId: idAt(through) };
      await store.writeOverview(conversationId, { buckets: [bucket], head: undefined });
    };
    await write(0, 1, 5);
    await write(1, 6, 9);
    return conversationId;
  }

  const offsetsOf = (messages: readonly Message[]) =>
    messages.map(({ content }) => Number(content.split(' ')[1]));

  describe(`${name}: messages`, () => {
    it('an empty conversation has no bucket, no keys and an empty page', async () => {
      const conversationId = newConversation();
      expect(await open().tailOf(conversationId)).toEqual({ lastBucket: undefined, newest: [] });
      expect(await open().newest(conversationId, { before: undefined, limit: 50 })).toEqual({
        messages: [],
        hasOlder: false,
        hasNewer: false,
        storedThrough: undefined,
      });
    });

    it('gives the last bucket and the newest keys, newest first, over two buckets', async () => {
      const conversationId = await twoBuckets(open());
      const { lastBucket, newest } = await open().tailOf(conversationId);
      expect(lastBucket).toEqual({ number: 1, firstId: idAt(6), count: 4, throughId: idAt(9) });
      expect(newest.map(({ messageId }) => messageId)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1].map(idAt));
      expect(newest[0]).toMatchObject({ sender: 'ada', nonce: 'nonce-9' });
    });

    it('finds the bucket of an older message', async () => {
      const conversationId = await twoBuckets(open());
      expect((await open().bucketAt(conversationId, idAt(5)))?.number).toBe(0);
      expect((await open().bucketAt(conversationId, idAt(6)))?.number).toBe(1);
      expect(await open().bucketAt(conversationId, idAt(0))).toBeUndefined();
    });

    it('reads the newest page, and older ones across buckets, ascending and without gaps', async () => {
      const conversationId = await twoBuckets(open());
      const first = await open().newest(conversationId, { before: undefined, limit: 3 });
      expect(offsetsOf(first.messages)).toEqual([7, 8, 9]);
      expect(first).toMatchObject({ hasOlder: true, hasNewer: false, storedThrough: idAt(9) });
      const second = await open().newest(conversationId, { before: idAt(7), limit: 4 });
      expect(offsetsOf(second.messages)).toEqual([3, 4, 5, 6]);
      expect(second).toMatchObject({ hasOlder: true, hasNewer: true });
      const last = await open().newest(conversationId, { before: idAt(3), limit: 4 });
      expect(offsetsOf(last.messages)).toEqual([1, 2]);
      expect(last.hasOlder).toBe(false);
      const exact = await open().newest(conversationId, { before: undefined, limit: 9 });
      expect(exact.messages).toHaveLength(9);
      expect(exact.hasOlder).toBe(false);
    });

    it('reads what follows a message, across buckets, and up to another', async () => {
      const conversationId = await twoBuckets(open());
      const page = await open().following(conversationId, { after: idAt(4), before: undefined, limit: 3 });
      expect(offsetsOf(page.messages)).toEqual([5, 6, 7]);
      expect(page).toMatchObject({ hasNewer: true, storedThrough: idAt(9) });
      const gap = await open().following(conversationId, { after: idAt(4), before: idAt(8), limit: 50 });
      expect(offsetsOf(gap.messages)).toEqual([5, 6, 7]);
      expect(gap.hasNewer).toBe(false);
      const none = await open().following(conversationId, { after: idAt(9), before: undefined, limit: 3 });
      expect(none.messages).toEqual([]);
      const all = await open().following(conversationId, { after: idAt(0), before: undefined, limit: 50 });
      expect(offsetsOf(all.messages)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('leaves out rows outside the range of their bucket', async () => {
      const conversationId = await twoBuckets(open());
      await open().writeMessages(conversationId, 0, [messageAt(conversationId, 8, 'misplaced')]);
      const page = await open().newest(conversationId, { before: undefined, limit: 50 });
      expect(offsetsOf(page.messages)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
      expect(page.messages[7]?.nonce).toBe('nonce-8');
    });

    it('finds the oldest copy of a key in a range, and none outside it', async () => {
      const store = open();
      const conversationId = await twoBuckets(store);
      await store.writeMessages(conversationId, 0, [messageAt(conversationId, 2, 'twice')]);
      await store.writeMessages(conversationId, 1, [messageAt(conversationId, 8, 'twice')]);
      const key = { sender: 'ada', nonce: 'twice' };
      const find = (after: number | undefined, before: number) =>
        store.findCopy(conversationId, key, {
          after: after === undefined ? undefined : idAt(after),
          before: idAt(before),
        });
      expect(await find(undefined, 20)).toBe(idAt(2));
      expect(await find(2, 20)).toBe(idAt(8));
      expect(await find(2, 8)).toBeUndefined();
      expect(await find(1, 3)).toBe(idAt(2));
      expect(
        await store.findCopy(
          conversationId,
          { sender: 'bob', nonce: 'twice' },
          { after: undefined, before: idAt(20) },
        ),
      ).toBeUndefined();
    });

    it('an older count or bucket row never undoes a newer one', async () => {
      const store = open();
      const conversationId = await twoBuckets(store);
      const older = { number: 1, firstId: idAt(6), count: 2, throughId: idAt(7) };
      await store.writeOverview(conversationId, { buckets: [older], head: messageAt(conversationId, 7) });
      await store.openBucket(conversationId, { number: 1, firstId: idAt(6), count: 0, throughId: '' });
      expect((await store.tailOf(conversationId)).lastBucket).toMatchObject({ count: 4, throughId: idAt(9) });
    });

    const editAt = (editOffset: number, offset: number, content = `edited at ${editOffset}`) => ({
      messageId: idAt(offset),
      sender: 'ada',
      content,
      edit: { editId: idAt(editOffset), editedAt: '2023-11-14T22:13:20.000Z' },
    });

    it('finds one message in its bucket, and none in another', async () => {
      const conversationId = await twoBuckets(open());
      expect(await open().findMessage(conversationId, 0, idAt(3))).toEqual(messageAt(conversationId, 3));
      expect(await open().findMessage(conversationId, 1, idAt(3))).toBeUndefined();
      expect(await open().findMessage(conversationId, 0, idAt(20))).toBeUndefined();
    });

    it('an edited message has the content of its newest edit, and says which that is, wherever it is read', async () => {
      const store = open();
      const conversationId = await twoBuckets(store);
      await store.writeEdits(conversationId, 0, [editAt(21, 2), editAt(22, 5)]);
      await store.writeEdits(conversationId, 1, [editAt(23, 9)]);
      const edited = (offset: number, editOffset: number) => {
        const { content, edit } = editAt(editOffset, offset);
        return { ...messageAt(conversationId, offset), content, edit };
      };
      expect(await store.findMessage(conversationId, 0, idAt(2))).toEqual(edited(2, 21));
      const { messages } = await store.newest(conversationId, { before: undefined, limit: 50 });
      expect(messages).toEqual([
        messageAt(conversationId, 1),
        edited(2, 21),
        messageAt(conversationId, 3),
        messageAt(conversationId, 4),
        edited(5, 22),
        ...[6, 7, 8].map((offset) => messageAt(conversationId, offset)),
        edited(9, 23),
      ]);
      const next = await store.following(conversationId, { after: idAt(4), before: idAt(6), limit: 5 });
      expect(next.messages).toEqual([edited(5, 22)]);
      expect((await store.tailOf(conversationId)).newest[0]?.nonce).toBe('nonce-9');
    });

    it('neither an older edit nor the post written again undoes an edit, whatever the order', async () => {
      const store = open();
      const conversationId = await twoBuckets(store);
      await store.writeEdits(conversationId, 1, [editAt(30, 8)]);
      await store.writeEdits(conversationId, 1, [editAt(29, 8)]);
      await store.writeMessages(conversationId, 1, [messageAt(conversationId, 8)]);
      expect(await store.findMessage(conversationId, 1, idAt(8))).toMatchObject({
        content: 'edited at 30',
        edit: { editId: idAt(30) },
      });
      await store.writeEdits(conversationId, 1, [editAt(31, 8), editAt(32, 7)]);
      const { messages } = await store.following(conversationId, {
        after: idAt(6),
        before: undefined,
        limit: 9,
      });
      expect(messages.map(({ content }) => content)).toEqual(['edited at 32', 'edited at 31', 'message 9']);
    });

    it('writing a message again changes nothing', async () => {
      const store = open();
      const conversationId = await twoBuckets(store);
      await store.writeMessages(conversationId, 1, [messageAt(conversationId, 9)]);
      const page = await store.newest(conversationId, { before: undefined, limit: 50 });
      expect(page.messages).toHaveLength(9);
    });

    it('takes writes', async () => {
      expect(await open().acceptsWrites()).toBe(true);
    });
  });
}
