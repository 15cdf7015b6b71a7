import { Client } from 'cassandra-driver';
import { Kafka, logLevel } from 'kafkajs';
import type { ConversationsResponse } from '../../core/contract/conversations.ts';
import type { HistoryResponse, Message } from '../../core/contract/messages.ts';
import { Outbox } from '../client/outbox.ts';
import type { Drill, DrillContext } from '../drill.ts';
import { controllerOf } from '../kafka/controller.ts';
import { readTopic } from '../kafka/read-topic.ts';
import type { Load } from '../load/load.ts';
import { startAgain } from '../run/start-again.ts';
import { waitFor } from '../run/wait-for.ts';
import { HandWritten } from './hand-written.ts';

const MESSAGE_TABLES = ['messages_by_conversation', 'buckets_by_conversation', 'conversation_heads'];
const REBUILT_WITHIN_MS = 180_000;
const EDITED_WITHIN_MS = 60_000;

/** Every page of every conversation, and the last message as the side bar has it, as text. */
async function pagesOf(load: Load): Promise<string> {
  const [reader] = load.people;
  const pages: HistoryResponse[] = [];
  const list = await reader?.api.demand<ConversationsResponse>('list-conversations');
  const heads = load.conversations.map((wanted) =>
    list?.conversations.find(({ conversationId }) => conversationId === wanted),
  );
  for (const conversationId of load.conversations) {
    let before: string | undefined;
    do {
      const page = await reader?.api.demand<HistoryResponse>('read-history', {
        params: { conversationId },
        query: before === undefined ? {} : { before },
      });
      // Whether it lags says nothing about what is there.
      if (page !== undefined) pages.push({ ...page, catchingUp: false });
      before = page?.before;
    } while (before !== undefined);
  }
  return JSON.stringify({ pages, heads: heads.map((head) => head?.lastMessage) });
}

/** Messages of these pages that were edited, and conversations whose last message was. */
function editedIn(text: string): { messages: number; heads: number } {
  const { pages, heads } = JSON.parse(text) as { pages: HistoryResponse[]; heads: (Message | null)[] };
  const messages = pages.flatMap((page) => page.messages).filter(({ edit }) => edit !== undefined);
  return { messages: messages.length, heads: heads.filter((head) => head?.edit !== undefined).length };
}

/** In each conversation: an edit right behind its post, an old post edited twice, edits of no post, and poison. */
async function editByHand(context: DrillContext, load: Load, hand: HandWritten): Promise<void> {
  const [writer, stranger] = load.people;
  if (writer === undefined || stranger === undefined) throw new RangeError('Edits need two people.');
  const outbox = new Outbox(writer, { recorder: context.recorder });
  for (const conversationId of load.conversations) {
    const { messageId } = await outbox.send(conversationId, 'edited as soon as it is written');
    await hand.edit({ conversationId, messageId, sender: writer.userId });
    const history = await writer.readHistory(conversationId);
    const old = history[Math.floor(history.length / 3)];
    if (old === undefined) throw new Error('There is no message to edit.');
    await hand.edit(old);
    await hand.spoil(conversationId);
    await hand.edit(old);
    await hand.orphan(old, old.sender === writer.userId ? stranger.userId : writer.userId);
  }
}

/** Edits the last message of each conversation; resolves once history has all edits. */
async function editLast(context: DrillContext, load: Load, hand: HandWritten): Promise<void> {
  for (const conversationId of load.conversations) {
    const last = (await load.people[0]?.readHistory(conversationId))?.at(-1);
    if (last !== undefined) await hand.edit(last);
  }
  await waitFor(
    'every edit to be in history and on every screen',
    async () => {
      await load.readHistories();
      return context.recorder.ledger.report().violations.outdated === 0;
    },
    EDITED_WITHIN_MS,
    500,
  ).catch(() => undefined);
}

async function dropMessageTables({ stores, pingMe }: DrillContext): Promise<void> {
  const { contactPoints, port, localDataCenter } = stores.cassandra;
  const client = new Client({
    contactPoints: [...contactPoints],
    localDataCenter,
    protocolOptions: { port },
    keyspace: pingMe.functionSettings.CASSANDRA_KEYSPACE ?? '',
    socketOptions: { readTimeout: 60_000 },
  });
  try {
    for (const table of MESSAGE_TABLES) await client.execute(`DROP TABLE ${table}`);
  } finally {
    await client.shutdown();
  }
  const result = await pingMe.invoke('set-up-stores', {});
  if (result.kind !== 'returned')
    throw new Error(`The tables could not be made anew: ${JSON.stringify(result)}`);
}

async function beginLogAnew({ stores, pingMe }: DrillContext): Promise<void> {
  const prefix = pingMe.functionSettings.TOPIC_PREFIX ?? '';
  const admin = new Kafka({ brokers: [...stores.kafka.brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    await admin.resetOffsets({
      groupId: `${prefix}store-messages`,
      topic: `${prefix}messages`,
      earliest: true,
    });
  } finally {
    await admin.disconnect();
  }
}

const rebuild: Drill = {
  name: 'rebuild',
  title: 'the message tables are dropped and made anew from the log',
  throughProxies: true,
  run: async (context) => {
    const { stores, nodes, proxied, pingMe } = context;
    const load = await context.load({ people: 6, conversations: 6, postsPerSecond: 60 });
    await load.acknowledges(200);
    await context.fault('copies get into the log', async () => {
      const [proxy] = proxied?.proxies.values() ?? [];
      for (let cut = 0; cut < 10; cut += 1) await proxy?.cutAfterAppend();
    });
    const { TOPIC_PREFIX: prefix = '', MESSAGES_GENERATION = '0' } = pingMe.functionSettings;
    const hand = await HandWritten.open({
      brokers: stores.kafka.brokers,
      topicPrefix: prefix,
      generation: Number(MESSAGES_GENERATION),
      recorder: context.recorder,
    });
    await context.fault('edits and poison are put into the log', () => editByHand(context, load, hand));
    const controller = await controllerOf(stores.kafka.brokers[0] ?? '');
    await context.fault(`broker ${controller} is killed: leaders change`, () =>
      nodes.kill('kafka', controller),
    );
    await load.acknowledges(300);
    await startAgain(nodes, 'kafka', [controller]);
    await context.fault('more edits and poison are put into the log', () => editByHand(context, load, hand));
    await load.acknowledges(200);
    await load.settle();
    await editLast(context, load, hand);
    await hand.close();
    const before = await pagesOf(load);
    const records = await readTopic(stores.kafka.brokers, `${prefix}messages`);
    const copies = records.length - context.recorder.ledger.acknowledgedCount - hand.records;
    context.note(
      `history is ${before.length} bytes; the log has ${records.length} records, ${copies} of them copies, ${hand.edits} edits, ${hand.orphans} edits of no post, ${hand.poison} of poison`,
    );

    await context.fault('the message tables are dropped', async () => {
      await nodes.stop('store');
      await dropMessageTables(context);
      // The group is free once its last member has gone.
      await waitFor('the group to be free', () => beginLogAnew(context).then(() => true));
    });
    await context.heal('the log is read from its beginning', () => nodes.start('store'));
    const after = await waitFor(
      'history to be the same again',
      async () => {
        const now = await pagesOf(load);
        return now.length >= before.length ? now : undefined;
      },
      REBUILT_WITHIN_MS,
      500,
    ).catch(() => pagesOf(load));
    // As the ledger sees it: nothing that it knows may have changed.
    await load.readHistories();
    const edited = editedIn(before);
    const dead = await readTopic(stores.kafka.brokers, `${prefix}messages-dead`);
    const setAside = (reason: string) =>
      new Set(
        dead
          .filter(({ headers }) => headers.reason === reason)
          .map(({ headers }) => `${headers['source-partition']} ${headers['source-offset']}`),
      ).size;
    return [
      {
        promise: 'the log makes the same history again, byte for byte',
        kept: after === before,
        measured: `${after.length} bytes, ${after === before ? 'the same' : 'not the same'}`,
      },
      {
        promise: 'edits are in it, the last message of each conversation among them',
        kept: edited.messages > 3 * load.conversations.length && edited.heads === load.conversations.length,
        measured: `${edited.messages} edited messages, ${edited.heads} of them the last`,
      },
      {
        promise: 'edits of no post, and poison, are set aside with their reason',
        kept: setAside('orphaned') === hand.orphans && setAside('undecodable') === hand.poison,
        measured: `${setAside('orphaned')} orphaned of ${hand.orphans}, ${setAside('undecodable')} undecodable of ${hand.poison}`,
      },
      { promise: 'the log held copies', kept: copies > 0, measured: `${copies} copies` },
    ];
  },
};

export const rebuildDrills: readonly Drill[] = [rebuild];
