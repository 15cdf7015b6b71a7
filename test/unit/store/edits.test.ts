import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../lambdas/application/ports/log-record.ts';
import { StoreRefusalError, StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';
import { ConversationMemories } from '../../../lambdas/application/store/conversation-memory.ts';
import { storeBatch } from '../../../lambdas/application/store/store-batch.ts';
import { MemoryMessageStore } from '../../support/doubles/memory-message-store.ts';
import { editedRecord, idOf, postedRecord } from '../../support/log-records.ts';
import {
  anyCourse,
  anyLog,
  expectedOf,
  recordsOf,
  shownVersion,
  takeCourse,
} from '../../support/logs-with-edits.ts';
import { portsOf } from './ports.ts';

const ROOM = 'channel:00000000-0000-4000-8000-00000000000a';
const OTHER = 'channel:00000000-0000-4000-8000-00000000000b';

const posted = (offset: number, sender = 'ada') =>
  postedRecord({ conversationId: ROOM, offset, nonce: `nonce--${offset}`, sender });
const edited = (offset: number, post: LogRecord, sender = 'ada') =>
  editedRecord({ conversationId: ROOM, offset, messageId: idOf(post), sender });
const batch = (...records: LogRecord[]) => [{ partition: 0, records }];
const messagesOf = async (store: MemoryMessageStore, conversationId = ROOM) =>
  (await store.newest(conversationId, { before: undefined, limit: 10_000 })).messages;
const contentsOf = async (store: MemoryMessageStore) =>
  (await messagesOf(store)).map(({ content }) => content);

describe('storing an edit', () => {
  it('of a post in the same batch: the newest one counts, the head follows, and it is announced', async () => {
    const { ports, store, announced, announcedEdits } = portsOf();
    const [first, second] = [posted(0), posted(1)];
    const outcome = await storeBatch(
      ports,
      batch(first, edited(2, first), second, edited(3, second), edited(4, second)),
    );
    expect(outcome).toEqual({ failures: [], stored: 2, duplicates: 0, lookups: 0, deadLetters: 0 });
    expect(await contentsOf(store)).toEqual(['edited at 2', 'edited at 4']);
    const [, newest] = await messagesOf(store);
    const editId = idOf(edited(4, second));
    expect(newest?.edit).toEqual({ editId, editedAt: new Date(1_700_000_000_004).toISOString() });
    expect(store.heads.get(ROOM)).toEqual(newest);
    expect((await store.tailOf(ROOM)).lastBucket?.count).toBe(2);
    expect(announced).toMatchObject([{ first: idOf(first), through: idOf(second), count: 2 }]);
    expect(announcedEdits).toHaveLength(1);
    expect(announcedEdits[0]?.edits).toContainEqual({ messageId: idOf(second), editId });
    expect(announcedEdits[0]?.edits).toHaveLength(2);
  });

  it('of an older post changes the row and leaves the head as it is', async () => {
    const { ports, store, announced } = portsOf();
    const [first, second] = [posted(0), posted(1)];
    await storeBatch(ports, batch(first, second));
    const head = store.heads.get(ROOM);
    await storeBatch({ ...ports, memories: new ConversationMemories() }, batch(edited(2, first)));
    expect(await contentsOf(store)).toEqual(['edited at 2', 'content of nonce--1']);
    expect(store.heads.get(ROOM)).toBe(head);
    expect(announced).toHaveLength(1);
  });

  it('of the newest post changes the head, also when it comes alone, and a replayed post does not undo it', async () => {
    const { ports, store } = portsOf();
    const post = posted(0);
    await storeBatch(ports, batch(post));
    const fresh = () => ({ ...ports, memories: new ConversationMemories() });
    await storeBatch(fresh(), batch(edited(1, post)));
    await storeBatch(fresh(), batch(post));
    expect(await contentsOf(store)).toEqual(['edited at 1']);
    expect(store.heads.get(ROOM)).toMatchObject({ messageId: idOf(post), content: 'edited at 1' });
  });

  it('in an older bucket', async () => {
    const { ports, store } = portsOf();
    const records = Array.from({ length: 10_001 }, (_, offset) => posted(offset));
    await storeBatch(ports, batch(...records));
    await storeBatch(ports, batch(edited(10_001, records[7]!)));
    expect((await store.findMessage(ROOM, 0, idOf(records[7]!)))?.content).toBe('edited at 10001');
    expect(store.heads.get(ROOM)?.messageId).toBe(idOf(records[10_000]!));
  });

  it('without its post, of somebody else, or in front of its post is set aside as orphaned, and the rest is stored', async () => {
    const { ports, store, dead, announcedEdits } = portsOf();
    const post = posted(3);
    const orphans = [edited(1, posted(0)), edited(2, post), edited(4, post, 'eve')];
    const outcome = await storeBatch(
      ports,
      batch(orphans[0]!, orphans[1]!, post, orphans[2]!, edited(5, post)),
    );
    expect(outcome).toMatchObject({ failures: [], stored: 1, deadLetters: 3 });
    expect(dead.map(({ record, reason }) => [record.offset, reason]).sort()).toEqual([
      [1n, 'orphaned'],
      [2n, 'orphaned'],
      [4n, 'orphaned'],
    ]);
    expect(await contentsOf(store)).toEqual(['edited at 5']);
    expect(announcedEdits.flatMap(({ edits }) => edits)).toEqual([
      { messageId: idOf(post), editId: idOf(edited(5, post)) },
    ]);
    const again = await storeBatch(
      { ...ports, memories: new ConversationMemories() },
      batch(orphans[1]!, post),
    );
    expect(again.deadLetters).toBe(1);
  });

  it('that can not be decoded, or lies under another key, is set aside as such', async () => {
    const { ports, store, dead } = portsOf();
    const post = posted(0);
    const good = edited(1, post);
    const value = JSON.parse(Buffer.from(good.value ?? []).toString());
    const spoiled = [
      { ...value, messageId: 'no id' },
      { ...value, content: '' },
      { ...value, content: undefined },
      { ...value, sender: undefined },
      { ...value, version: 2 },
    ].map((one, index) => ({
      ...good,
      offset: BigInt(index + 2),
      value: Buffer.from(JSON.stringify(one)),
    }));
    const elsewhere = { ...good, offset: 9n, key: Buffer.from(OTHER) };
    await storeBatch(ports, batch(post, good, ...spoiled, elsewhere));
    expect(dead.map(({ record, reason }) => [record.offset, reason])).toEqual(
      [2n, 3n, 4n, 5n, 6n, 9n].map((offset) => [offset, 'undecodable']),
    );
    expect(await contentsOf(store)).toEqual(['edited at 1']);
  });

  it('of a copy that was dropped is set aside: history does not have that message', async () => {
    const { ports, dead } = portsOf();
    const copy = postedRecord({ conversationId: ROOM, offset: 1, nonce: 'nonce--0', attempt: 1 });
    await storeBatch(ports, batch(posted(0), copy, edited(2, copy)));
    expect(dead.map(({ reason }) => reason)).toEqual(['orphaned']);
  });

  it('that can not be set aside yet comes again', async () => {
    const { ports } = portsOf();
    const setAside = () => Promise.reject(new StoreUnavailableError('kafka', 'gone'));
    const outcome = await storeBatch({ ...ports, deadLetters: { setAside } }, batch(edited(5, posted(0))));
    expect(outcome.failures).toMatchObject([{ partition: 0, offset: 5n }]);
  });

  it('that is refused is tried three times and set aside; the one before it counts', async () => {
    let tries = 0;
    class Refusing extends MemoryMessageStore {
      override async writeEdits(...call: Parameters<MemoryMessageStore['writeEdits']>) {
        if (call[2].some(({ content }) => content === 'edited at 2')) {
          tries += call[2].length === 1 ? 1 : 0;
          throw new StoreRefusalError('cassandra', 'invalid');
        }
        return super.writeEdits(...call);
      }
    }
    const { ports, store, dead } = portsOf(new Refusing());
    const [post, other] = [posted(0), posted(3)];
    await storeBatch(ports, batch(post, edited(1, post), edited(2, post), other, edited(4, other)));
    expect(tries).toBe(3);
    expect(dead.map(({ record, reason }) => [record.offset, reason])).toEqual([[2n, 'refused']]);
    expect(await contentsOf(store)).toEqual(['edited at 1', 'edited at 4']);
  });

  it('writes no more than 30 edits together', async () => {
    let most = 0;
    class Counting extends MemoryMessageStore {
      override writeEdits(...call: Parameters<MemoryMessageStore['writeEdits']>) {
        most = Math.max(most, call[2].length);
        return super.writeEdits(...call);
      }
    }
    const { ports, store, announcedEdits } = portsOf(new Counting());
    const posts = Array.from({ length: 130 }, (_, offset) => posted(offset));
    await storeBatch(ports, batch(...posts, ...posts.map((post, index) => edited(200 + index, post))));
    expect(most).toBe(30);
    expect((await messagesOf(store)).every(({ edit }) => edit !== undefined)).toBe(true);
    expect(announcedEdits.map(({ edits }) => edits.length)).toEqual([100, 30]);
  });
});

describe('any log of posts, copies and edits, however it is cut, replayed and shared', () => {
  const rooms = [ROOM, OTHER] as const;

  it('ends in the same rows and the same head, with right counts, and the same orphans', async () => {
    await fc.assert(
      fc.asyncProperty(anyLog, anyCourse, async (log, course) => {
        const { ports, store, announced, announcedEdits, dead } = portsOf();
        let memories = new ConversationMemories();
        await takeCourse(recordsOf(log, rooms), course, async (records, fresh) => {
          if (fresh) memories = new ConversationMemories();
          const outcome = await storeBatch({ ...ports, memories }, batch(...records));
          expect(outcome.failures).toEqual([]);
        });

        const orphans = new Set<bigint>();
        for (const conversationId of rooms) {
          const should = expectedOf(log, rooms, conversationId);
          for (const offset of should.orphans) orphans.add(offset);
          const messages = await messagesOf(store, conversationId);
          expect(messages.map(shownVersion)).toEqual(should.messages);
          expect(store.heads.get(conversationId)).toEqual(messages.at(-1));
          expect((await store.tailOf(conversationId)).lastBucket?.count ?? 0).toBe(messages.length);
          const isOfRoom = (event: { conversationId: string }) => event.conversationId === conversationId;
          for (const { first, through, count } of announced.filter(isOfRoom)) {
            const within = messages.filter(({ messageId }) => messageId >= first && messageId <= through);
            expect(within).toHaveLength(count);
          }
          const named = announcedEdits.filter(isOfRoom).flatMap(({ edits }) => edits);
          for (const { messageId, edit } of messages.filter((message) => message.edit !== undefined)) {
            expect(named).toContainEqual({ messageId, editId: edit?.editId });
          }
        }
        expect(new Set(dead.map(({ record }) => record.offset))).toEqual(orphans);
        expect(dead.every(({ reason }) => reason === 'orphaned')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
