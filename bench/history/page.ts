import { randomUUID } from 'node:crypto';
import type { HistoryResponse } from '../../core/contract/messages.ts';
import { Person } from '../../drills/client/person.ts';
import type { Benchmark, Row } from '../benchmark.ts';
import { FastReader } from '../client/fast-reader.ts';
import { fillAndStore } from '../client/fill-and-store.ts';
import { compareLatency, quantilesOf } from '../run/compare-latency.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';
import { PlainDriver } from '../store/plain-driver.ts';

const PAGE = 50;
const LENGTHS = [1_000, 100_000, 1_000_000];
/** Of the messages of its partition one in so many belongs to the quiet conversation. */
const QUIET_SHARE = 10_000;

const LATENCY = { perSecond: 40, warmUp: 1_000, operations: 300, runs: 5 } as const;

export const newestPage: Benchmark = {
  name: 'history',
  title: `the newest page of ${PAGE}`,
  run: async (context) => {
    const { pingMe, stores, say } = context;
    const reader = await Person.signUp(pingMe.url);
    const conversationId = await reader.createChannel();
    await fillAndStore(context, reader, conversationId, {
      count: 1_000,
      conversationOf: () => conversationId,
      senderOf: () => reader.userId,
    });
    const fast = new FastReader(reader);
    const driver = await PlainDriver.open(stores, pingMe.functionSettings.CASSANDRA_KEYSPACE ?? '');
    try {
      say('warming up with 1,000 of each, then 5 runs of 300');
      const runs = await compareLatency({
        ...LATENCY,
        ours: () => fast.page(conversationId, { limit: PAGE }),
        theirs: () => driver.newestPage(conversationId, 0, PAGE),
      });
      const common = { beside: 'the bare driver query', unit: 'ms', bound: { atMost: 1.5 } } as const;
      return [
        rowOfRuns({ ...common, what: `newest page of ${PAGE}, p50`, runs: quantilesOf(runs, 0.5) }),
        rowOfRuns({ ...common, what: `newest page of ${PAGE}, p99`, runs: quantilesOf(runs, 0.99) }),
      ];
    } finally {
      await driver.close();
    }
  },
};

export const longHistory: Benchmark = {
  name: 'history-long',
  title: 'a page of a conversation, however long it is, and in a quiet one',
  run: async (context) => {
    const reader = await Person.signUp(context.pingMe.url);
    const fast = new FastReader(reader);
    const conversations: string[] = [];
    for (const length of LENGTHS) {
      const conversationId = await reader.createChannel();
      conversations.push(conversationId);
      await fillAndStore(context, reader, conversationId, {
        count: length,
        conversationOf: () => conversationId,
        senderOf: () => reader.userId,
      });
    }
    const [short = ''] = conversations;
    const quiet = await reader.createChannel();
    const others = Array.from({ length: 20 }, () => `channel:${randomUUID()}`);
    await fillAndStore(context, reader, quiet, {
      count: 200 * QUIET_SHARE,
      conversationOf: (index) => (index % QUIET_SHARE === 0 ? quiet : (others[index % others.length] ?? '')),
      senderOf: () => reader.userId,
    });
    const rows: Row[] = [];
    const compare = async (what: string, ours: () => Promise<unknown>) => {
      context.say(what);
      const theirs = () => fast.page(short, { limit: PAGE });
      const runs = await compareLatency({ ...LATENCY, ours, theirs });
      const common = {
        beside: 'the newest page of 10³ messages',
        unit: 'ms',
        bound: { atMost: 1.3 },
      } as const;
      rows.push(
        rowOfRuns({ ...common, what: `${what}, p50`, runs: quantilesOf(runs, 0.5) }),
        rowOfRuns({ ...common, what: `${what}, p99`, runs: quantilesOf(runs, 0.99) }),
      );
    };
    for (const [index, length] of LENGTHS.entries()) {
      const conversationId = conversations[index] ?? '';
      if (index > 0)
        await compare(`newest page of ${length} messages`, () => fast.page(conversationId, { limit: PAGE }));
      const middle = await middleOf(reader, conversationId);
      await compare(`a page from the middle of ${length} messages`, () =>
        fast.page(conversationId, { limit: PAGE, before: middle }),
      );
    }
    await compare(`newest page of a conversation with one in ${QUIET_SHARE} messages`, () =>
      fast.page(quiet, { limit: PAGE }),
    );
    return rows;
  },
};

/** An id half-way between the first and the last message: ids sort, and begin with the offset. */
async function middleOf(reader: Person, conversationId: string): Promise<string> {
  const ends = await Promise.all(
    [{ after: '0'.repeat(26) }, {}].map((cursor) =>
      reader.api.demand<HistoryResponse>('read-history', {
        params: { conversationId },
        query: { limit: '1', ...cursor },
      }),
    ),
  );
  const [first = 0n, last = 0n] = ends.map(({ messages }) => numberOf(messages[0]?.messageId ?? ''));
  return idOf((first + last) / 2n);
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function numberOf(id: string): bigint {
  return [...id].reduce((sum, letter) => sum * 32n + BigInt(ALPHABET.indexOf(letter)), 0n);
}

function idOf(number: bigint): string {
  let id = '';
  for (let rest = number; id.length < 26; rest /= 32n) id = ALPHABET.charAt(Number(rest % 32n)) + id;
  return id;
}
