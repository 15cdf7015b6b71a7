import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CASSANDRA_TABLES } from '../../../core/contract/cassandra-tables.ts';
import { CassandraConversationHeads } from '../../../lambdas/adapters/cassandra/cassandra-conversation-heads.ts';
import { CassandraHistory } from '../../../lambdas/adapters/cassandra/cassandra-history.ts';
import { CassandraMessageStore } from '../../../lambdas/adapters/cassandra/cassandra-message-store.ts';
import { CassandraUnreadMessages } from '../../../lambdas/adapters/cassandra/cassandra-unread-messages.ts';
import { createTableCql } from '../../../lambdas/adapters/cassandra/schema-cql.ts';
import { setUpSchema } from '../../../lambdas/adapters/cassandra/set-up-schema.ts';
import { ConversationMemories } from '../../../lambdas/application/store/conversation-memory.ts';
import { storeBatch } from '../../../lambdas/application/store/store-batch.ts';
import { editedRecord, idOf, postedRecord } from '../../support/log-records.ts';
import {
  anyCourse,
  anyLog,
  expectedOf,
  recordsOf,
  shownVersion,
  takeCourse,
} from '../../support/logs-with-edits.ts';
import { makeTemporaryKeyspace, type TemporaryKeyspace } from '../../support/temporary-keyspace.ts';

const stores = inject('stores');
const newRoom = () => `channel:${randomUUID()}`;

/** The store function on the tables of a keyspace; what it sets aside is a list of offsets. */
function functionOn({ cassandra }: TemporaryKeyspace) {
  const orphans = new Set<bigint>();
  const ports = {
    store: new CassandraMessageStore(cassandra),
    signalLog: { announce: async () => undefined },
    deadLetters: { setAside: async ({ offset }: { offset: bigint }) => void orphans.add(offset) },
    progress: { note: async () => undefined, isStoreBehind: async () => false },
    memories: new ConversationMemories(),
    generation: 0,
  };
  return { ports, orphans };
}

describe.each(['cassandra', 'keyspaces'] as const)(
  'posts and edits in the tables, written for %s',
  (dialect) => {
    let keyspace: TemporaryKeyspace;
    beforeAll(async () => {
      keyspace = await makeTemporaryKeyspace(stores, dialect);
    });
    afterAll(() => keyspace?.remove());

    it('end in the same rows, heads and unread counts, however the log is cut, replayed and shared', async () => {
      const history = new CassandraHistory(keyspace.cassandra);
      const heads = new CassandraConversationHeads(keyspace.cassandra);
      const unread = new CassandraUnreadMessages(keyspace.cassandra);
      await fc.assert(
        fc.asyncProperty(anyLog, anyCourse, async (log, course) => {
          const rooms = [newRoom(), newRoom()] as const;
          const { ports, orphans } = functionOn(keyspace);
          await takeCourse(recordsOf(log, rooms), course, async (records, fresh) => {
            if (fresh) ports.memories = new ConversationMemories();
            const { failures } = await storeBatch(ports, [{ partition: 0, records }]);
            expect(failures).toEqual([]);
          });
          const expected = rooms.map((room) => expectedOf(log, rooms, room));
          for (const [index, room] of rooms.entries()) {
            const { messages } = await history.newest(room, { before: undefined, limit: 100 });
            expect(messages.map(shownVersion)).toEqual(expected[index]?.messages);
            expect(await heads.headOf(room)).toEqual(messages.at(-1));
            expect(await unread.countAfter('eve', room, undefined)).toBe(messages.length);
          }
          expect(orphans).toEqual(new Set(expected.flatMap((each) => each.orphans)));
        }),
        { numRuns: 15 },
      );
    });
  },
);

it('tables that were made before there were edits get their columns, and keep what they have', async () => {
  const keyspace = await makeTemporaryKeyspace(stores);
  try {
    const { cassandra, name, options } = keyspace;
    const room = newRoom();
    const post = postedRecord({ conversationId: room, offset: 0, nonce: 'nonce--a' });
    const { ports } = functionOn(keyspace);
    const table = CASSANDRA_TABLES.messages_by_conversation;
    const { edit_id: _, edited_content: __, ...columns } = table.columns;
    // Made anew without them: what is written below the time of a DROP of a column is never seen again.
    await cassandra.alterSchema('DROP TABLE messages_by_conversation');
    await cassandra.alterSchema(
      createTableCql('messages_by_conversation', { ...table, columns }, 'cassandra'),
    );
    await storeBatch(ports, [{ partition: 0, records: [post] }]);
    await setUpSchema(options, { keyspace: name, replicationFactor: stores.replicationFactor });
    const history = new CassandraHistory(cassandra);
    const contents = async () =>
      (await history.newest(room, { before: undefined, limit: 9 })).messages.map(({ content }) => content);
    expect(await contents()).toEqual(['content of nonce--a']);
    const edit = editedRecord({ conversationId: room, offset: 1, messageId: idOf(post) });
    await storeBatch(ports, [{ partition: 0, records: [edit] }]);
    expect(await contents()).toEqual(['edited at 1']);
  } finally {
    await keyspace.remove();
  }
});
