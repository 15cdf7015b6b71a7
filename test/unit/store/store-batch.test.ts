import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../lambdas/application/ports/log-record.ts';
import { StoreRefusalError, StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';
import { ConversationMemories } from '../../../lambdas/application/store/conversation-memory.ts';
import { storeBatch } from '../../../lambdas/application/store/store-batch.ts';
import { MemoryMessageStore } from '../../support/doubles/memory-message-store.ts';
import { idOf, postedRecord } from '../../support/log-records.ts';
import { portsOf } from './ports.ts';

const ROOM = 'channel:00000000-0000-4000-8000-00000000000a';
const OTHER = 'channel:00000000-0000-4000-8000-00000000000b';

const contentsOf = async (store: MemoryMessageStore, conversationId = ROOM) =>
  (await store.newest(conversationId, { before: undefined, limit: 10_000 })).messages.map(
    ({ nonce }) => nonce,
  );

describe('storing a batch', () => {
  it('writes messages, their head and their bucket, and announces once per conversation', async () => {
    const { ports, store, announced } = portsOf();
    const records = [
      postedRecord({ conversationId: ROOM, offset: 0, nonce: 'nonce--a' }),
      postedRecord({ conversationId: OTHER, offset: 1, nonce: 'nonce--b' }),
      postedRecord({ conversationId: ROOM, offset: 2, nonce: 'nonce--c' }),
    ];
    const outcome = await storeBatch(ports, [{ partition: 0, records }]);
    expect(outcome).toEqual({ failures: [], stored: 3, duplicates: 0, lookups: 0, deadLetters: 0 });
    expect(await contentsOf(store)).toEqual(['nonce--a', 'nonce--c']);
    expect(store.heads.get(ROOM)?.nonce).toBe('nonce--c');
    expect((await store.tailOf(ROOM)).lastBucket).toMatchObject({
      number: 0,
      count: 2,
      throughId: idOf(records[2]!),
    });
    expect(announced).toContainEqual({
      type: 'conversation.stored',
      conversationId: ROOM,
      first: idOf(records[0]!),
      through: idOf(records[2]!),
      count: 2,
    });
    expect(announced).toHaveLength(2);
  });

  it('sets a record aside that can not be decoded, and stores the others', async () => {
    const { ports, store, dead } = portsOf();
    const good = postedRecord({ conversationId: ROOM, offset: 1, nonce: 'nonce--a' });
    const records: LogRecord[] = [
      { ...postedRecord({ conversationId: ROOM, offset: 0, nonce: 'nonce--x' }), value: Buffer.from('{') },
      good,
      { ...postedRecord({ conversationId: ROOM, offset: 2, nonce: 'nonce--y' }), key: Buffer.from(OTHER) },
      { ...postedRecord({ conversationId: ROOM, offset: 3, nonce: 'nonce--z' }), value: undefined },
      {
        ...postedRecord({ conversationId: ROOM, offset: 4, nonce: 'nonce--z' }),
        value: Buffer.from([0xff, 0xfe]),
      },
    ];
    const outcome = await storeBatch(ports, [{ partition: 0, records }]);
    expect(outcome).toMatchObject({ failures: [], stored: 1, deadLetters: 4 });
    expect(dead.map(({ record, reason }) => [record.offset, reason])).toEqual(
      [0n, 2n, 3n, 4n].map((offset) => [offset, 'undecodable']),
    );
    expect(await contentsOf(store)).toEqual(['nonce--a']);
  });

  it('a poison record that can not be set aside yet comes again, with what follows it', async () => {
    const { ports } = portsOf();
    const poison = {
      ...postedRecord({ conversationId: ROOM, offset: 1, nonce: 'nonce--x' }),
      value: Buffer.from('?'),
    };
    const records = [postedRecord({ conversationId: ROOM, offset: 0, nonce: 'nonce--a' }), poison];
    const outcome = await storeBatch(
      {
        ...ports,
        deadLetters: { setAside: () => Promise.reject(new StoreUnavailableError('kafka', 'gone')) },
      },
      [{ partition: 4, records }],
    );
    expect(outcome.failures).toMatchObject([{ partition: 4, offset: 1n }]);
  });

  it('reports the lowest offset of each partition that could not be stored, and only those partitions', async () => {
    class Failing extends MemoryMessageStore {
      override async writeMessages(...call: Parameters<MemoryMessageStore['writeMessages']>) {
        if (call[0] === OTHER) throw new StoreUnavailableError('cassandra', 'timeout');
        return super.writeMessages(...call);
      }
    }
    const { ports, store } = portsOf(new Failing());
    const outcome = await storeBatch(ports, [
      { partition: 0, records: [postedRecord({ conversationId: ROOM, offset: 7, nonce: 'nonce--a' })] },
      {
        partition: 1,
        records: [
          postedRecord({
            conversationId: ROOM.replace(/a$/, 'c'),
            partition: 1,
            offset: 3,
            nonce: 'nonce--b',
          }),
          postedRecord({ conversationId: OTHER, partition: 1, offset: 4, nonce: 'nonce--c' }),
          postedRecord({ conversationId: OTHER, partition: 1, offset: 5, nonce: 'nonce--d' }),
        ],
      },
    ]);
    expect(outcome.failures).toMatchObject([{ partition: 1, offset: 4n }]);
    expect(await contentsOf(store)).toEqual(['nonce--a']);
  });

  it('narrows a refusal down to its record, tries it three times, and sets it aside', async () => {
    let tries = 0;
    class Refusing extends MemoryMessageStore {
      override async writeMessages(...call: Parameters<MemoryMessageStore['writeMessages']>) {
        if (call[2].some(({ nonce }) => nonce === 'nonce--bad')) {
          tries += call[2].length === 1 ? 1 : 0;
          throw new StoreRefusalError('cassandra', 'invalid');
        }
        return super.writeMessages(...call);
      }
    }
    const { ports, store, dead } = portsOf(new Refusing());
    const records = ['nonce--one', 'nonce--bad', 'nonce--two'].map((nonce, offset) =>
      postedRecord({ conversationId: ROOM, offset, nonce }),
    );
    const outcome = await storeBatch(ports, [{ partition: 0, records }]);
    expect(outcome).toMatchObject({ failures: [], stored: 2, deadLetters: 1 });
    expect(tries).toBe(3);
    expect(dead.map(({ record, reason }) => [record.offset, reason])).toEqual([[1n, 'refused']]);
    expect(await contentsOf(store)).toEqual(['nonce--one', 'nonce--two']);
    expect(store.heads.get(ROOM)?.nonce).toBe('nonce--two');
  });

  it('blames no message while the database refuses everything', async () => {
    class Closed extends MemoryMessageStore {
      override writeMessages(): Promise<void> {
        return Promise.reject(new StoreRefusalError('cassandra', 'no such table'));
      }
      override async acceptsWrites() {
        return false;
      }
    }
    const { ports, dead } = portsOf(new Closed());
    const records = [postedRecord({ conversationId: ROOM, offset: 0, nonce: 'nonce--a' })];
    const outcome = await storeBatch(ports, [{ partition: 0, records }]);
    expect(outcome.failures).toMatchObject([{ partition: 0, offset: 0n }]);
    expect(dead).toEqual([]);
  });

  it('comes again as a whole when the announcement fails', async () => {
    const { ports } = portsOf();
    const records = [postedRecord({ conversationId: ROOM, offset: 5, nonce: 'nonce--a' })];
    const announce = () => Promise.reject(new StoreUnavailableError('kafka', 'gone'));
    const outcome = await storeBatch({ ...ports, signalLog: { announce } }, [{ partition: 0, records }]);
    expect(outcome.failures).toMatchObject([{ partition: 0, offset: 5n }]);
  });

  it('looks a marked copy up back to its `after` when it is older than the remembered keys', async () => {
    const { ports, store } = portsOf();
    const first = postedRecord({ conversationId: ROOM, offset: 0, nonce: 'nonce--old' });
    const between = Array.from({ length: 250 }, (_, index) =>
      postedRecord({ conversationId: ROOM, offset: index + 1, nonce: `nonce--${index}` }),
    );
    const copy = postedRecord({ conversationId: ROOM, offset: 251, nonce: 'nonce--old', attempt: 1 });
    const unknown = postedRecord({
      conversationId: ROOM,
      offset: 252,
      nonce: 'nonce--old',
      attempt: undefined,
    });
    const again = postedRecord({ conversationId: ROOM, offset: 253, nonce: 'nonce--old', tries: 1 });
    const outcome = await storeBatch(ports, [
      { partition: 0, records: [first, ...between, copy, unknown, again] },
    ]);
    expect(outcome).toMatchObject({ stored: 251, duplicates: 3, lookups: 0 });

    const later = portsOf(store);
    const outcomeOfAnother = await storeBatch(later.ports, [
      {
        partition: 0,
        records: [postedRecord({ conversationId: ROOM, offset: 254, nonce: 'nonce--old', attempt: 2 })],
      },
    ]);
    expect(outcomeOfAnother).toMatchObject({ stored: 0, duplicates: 1, lookups: 1 });
    expect(await contentsOf(store)).toHaveLength(251);
  });

  it('opens the next bucket after 10,000 messages, wherever the batches are cut, and again in a replay', async () => {
    const records = Array.from({ length: 10_050 }, (_, offset) =>
      postedRecord({ conversationId: ROOM, offset, nonce: `nonce--${offset}` }),
    );
    const { ports, store } = portsOf();
    const cuts = [0, 9_990, 10_000, 10_001, 10_050];
    for (const [index, start] of cuts.slice(0, -1).entries()) {
      await storeBatch(ports, [{ partition: 0, records: records.slice(start, cuts[index + 1]) }]);
    }
    const expected = {
      number: 1,
      firstId: idOf(records[10_000]!),
      count: 50,
      throughId: idOf(records[10_049]!),
    };
    expect((await store.tailOf(ROOM)).lastBucket).toEqual(expected);
    const replay = portsOf(store);
    await storeBatch(replay.ports, [{ partition: 0, records: records.slice(9_000) }]);
    expect((await store.tailOf(ROOM)).lastBucket).toEqual(expected);
    expect(await contentsOf(store)).toHaveLength(10_000);
    expect(
      (await store.following(ROOM, { after: '', before: undefined, limit: 20_000 })).messages,
    ).toHaveLength(10_050);
  });
});

describe('any log, however it is cut, replayed and shared', () => {
  interface Copy {
    readonly message: number;
    readonly copy: number;
  }
  const scenario = fc.record({
    /** Which message each record is a copy of; the order is the log's. */
    log: fc.array(fc.record({ message: fc.nat(11), copy: fc.nat(3) }), { minLength: 1, maxLength: 60 }),
    /** What the consumer does: how many records it takes, whether it is a fresh instance, whether it crashes before it commits. */
    steps: fc.array(
      fc.record({ size: fc.integer({ min: 1, max: 12 }), fresh: fc.boolean(), crash: fc.boolean() }),
      {
        minLength: 100,
        maxLength: 100,
      },
    ),
  });

  function recordsOf(log: readonly Copy[]): LogRecord[] {
    return log.map(({ message, copy }, offset) => {
      const conversationId = message % 2 === 0 ? ROOM : OTHER;
      // The first in the log need not be the client's first try: a request can overtake another.
      return postedRecord({
        conversationId,
        offset,
        nonce: `nonce--${message}`,
        sender: message % 3 === 0 ? 'ada' : 'bob',
        attempt: copy,
      });
    });
  }

  it('ends in one history: the first copy of each message, in the order of the log, announced with right counts', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ log, steps }) => {
        const records = recordsOf(log);
        const shared = portsOf();
        let ports = shared.ports;
        let committed = 0;
        for (const { size, fresh, crash } of steps) {
          if (committed >= records.length) break;
          if (fresh) ports = { ...ports, memories: new ConversationMemories() };
          const batch = records.slice(committed, committed + size);
          const outcome = await storeBatch(ports, [{ partition: 0, records: batch }]);
          expect(outcome.failures).toEqual([]);
          if (!crash) committed += batch.length;
        }
        fc.pre(committed >= records.length);
        for (const conversationId of [ROOM, OTHER]) {
          const firsts = new Map<string, string>();
          for (const record of records) {
            const value = JSON.parse(Buffer.from(record.value ?? []).toString()) as {
              conversationId: string;
              nonce: string;
            };
            if (value.conversationId === conversationId && !firsts.has(value.nonce))
              firsts.set(value.nonce, idOf(record));
          }
          const { messages } = await shared.store.newest(conversationId, { before: undefined, limit: 1_000 });
          expect(messages.map(({ messageId, nonce }) => [nonce, messageId])).toEqual([...firsts]);
          for (const { first, through, count } of shared.announced.filter(
            (event) => event.conversationId === conversationId,
          )) {
            expect(
              messages.filter(({ messageId }) => messageId >= first && messageId <= through),
            ).toHaveLength(count);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
