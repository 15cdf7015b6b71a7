import { Kafka, logLevel, type Message, Partitioners } from 'kafkajs';
import type { Drill } from '../drill.ts';
import { readTopic } from '../kafka/read-topic.ts';
import { waitFor } from '../run/wait-for.ts';

/** Records that no function of ours writes; each is beside good ones of the same conversation. */
function poisonFor(conversationId: string): Message[] {
  const posted = { type: 'message.posted', version: 1, conversationId, sender: 'ada', nonce: 'poison-0001' };
  const values: readonly (string | null)[] = [
    'not JSON',
    '{"type":',
    JSON.stringify({ ...posted, version: 99, content: 'of a version that nobody knows' }),
    JSON.stringify({ ...posted, type: 'message.exploded', content: 'of a type that nobody knows' }),
    JSON.stringify({ ...posted, content: 7 }),
    JSON.stringify({ ...posted, conversationId: 'channel:none', content: 'of no conversation' }),
    null,
  ];
  return values.map((value) => ({ key: conversationId, value }));
}

const poison: Drill = {
  name: 'functions-poison',
  title: 'records that can not be decoded, in the middle of batches',
  run: async (context) => {
    const { stores, pingMe } = context;
    const prefix = pingMe.functionSettings.TOPIC_PREFIX ?? '';
    const load = await context.load({ people: 4, conversations: 6, postsPerSecond: 60 });
    await load.acknowledges(50);
    const producer = new Kafka({ brokers: [...stores.kafka.brokers], logLevel: logLevel.NOTHING }).producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    let sent = 0;
    try {
      for (let turn = 1; turn <= 5; turn += 1) {
        for (const conversationId of load.conversations) {
          const messages = poisonFor(conversationId);
          await context.fault(`${messages.length} records of poison`, () =>
            producer.send({ topic: `${prefix}messages`, acks: -1, messages }),
          );
          sent += messages.length;
        }
        await load.acknowledges(100);
      }
    } finally {
      await producer.disconnect();
    }
    await context.heal('no more poison');
    await load.acknowledges(100);
    await load.settle();
    const topic = `${prefix}messages-dead`;
    const dead = await waitFor('the poison to be set aside', async () => {
      const records = await readTopic(stores.kafka.brokers, topic);
      return records.length >= sent ? records : undefined;
    }).catch(() => []);
    const named = dead.filter(({ headers }) => Object.values(headers).some((value) => value !== ''));
    return [
      {
        promise: 'what can not be decoded is set aside, each once, with its reason',
        kept: dead.length === sent && named.length === sent,
        measured: `${dead.length} of ${sent} in messages-dead`,
      },
    ];
  },
};

export const poisonDrills: readonly Drill[] = [poison];
