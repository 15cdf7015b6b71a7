import { Client } from 'cassandra-driver';
import { Kafka, logLevel } from 'kafkajs';
import type { HistoryResponse } from '../../core/contract/messages.ts';
import type { Drill, DrillContext } from '../drill.ts';
import { controllerOf } from '../kafka/controller.ts';
import { readTopic } from '../kafka/read-topic.ts';
import type { Load } from '../load/load.ts';
import { startAgain } from '../run/start-again.ts';
import { waitFor } from '../run/wait-for.ts';

const MESSAGE_TABLES = ['messages_by_conversation', 'buckets_by_conversation', 'conversation_heads'];
const REBUILT_WITHIN_MS = 180_000;

/** Every page of every conversation, as text. */
async function pagesOf(load: Load): Promise<string> {
  const [reader] = load.people;
  const pages: HistoryResponse[] = [];
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
  return JSON.stringify(pages);
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
    const controller = await controllerOf(stores.kafka.brokers[0] ?? '');
    await context.fault(`broker ${controller} is killed: leaders change`, () =>
      nodes.kill('kafka', controller),
    );
    await load.acknowledges(300);
    await startAgain(nodes, 'kafka', [controller]);
    await load.acknowledges(200);
    await load.settle();
    const before = await pagesOf(load);
    const prefix = pingMe.functionSettings.TOPIC_PREFIX ?? '';
    const records = await readTopic(stores.kafka.brokers, `${prefix}messages`);
    const copies = records.length - context.recorder.ledger.acknowledgedCount;
    context.note(
      `history is ${before.length} bytes; the log has ${records.length} records, ${copies} of them copies`,
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
    return [
      {
        promise: 'the log makes the same history again, byte for byte',
        kept: after === before,
        measured: `${after.length} bytes, ${after === before ? 'the same' : 'not the same'}`,
      },
      { promise: 'the log held copies', kept: copies > 0, measured: `${copies} copies` },
    ];
  },
};

export const rebuildDrills: readonly Drill[] = [rebuild];
