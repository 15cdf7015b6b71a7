import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import { openProxiedBrokers, type ProxiedBrokers } from '../../../local/faults/proxied-brokers.ts';
import { type PingMe, startPingMe } from '../../../local/run/ping-me.ts';
import { type Crowd, expectPromisesKept, gatherCrowd, sendAll, settle } from '../../support/system.ts';
import { waitFor } from '../../support/wait-for.ts';

const stores = inject('system');
const id = `cut${randomBytes(4).toString('hex')}`;
const topicPrefix = `${id}-`;
let proxied: ProxiedBrokers;
let pingMe: PingMe;
let dataDirectory: string;
let crowd: Crowd;

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'ping-me-cut-'));
  proxied = await openProxiedBrokers(stores.kafka.proxiedListeners);
  pingMe = await startPingMe({
    stores: { ...stores, kafka: { ...stores.kafka, brokers: proxied.brokers } },
    dataDirectory,
    keyspace: id,
    topicPrefix,
    tablePrefix: topicPrefix,
    settings: { ADDRESS_LIMIT_FACTOR: '1000' },
  });
  crowd = await gatherCrowd(pingMe.url, { people: 4, conversations: 6 });
});
afterAll(async () => {
  await crowd?.close();
  await pingMe?.stop();
  await proxied?.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function recordsIn(kafka: Kafka, topic: string): Promise<number> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const partitions = await admin.fetchTopicOffsets(topic);
    return partitions.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0);
  } finally {
    await admin.disconnect();
  }
}

/** Everything in the topic: message id → key of the message, read past the proxies. */
async function readLog(): Promise<Map<string, string>> {
  const kafka = new Kafka({ brokers: [...stores.kafka.brokers], logLevel: logLevel.NOTHING });
  const records = await recordsIn(kafka, `${topicPrefix}messages`);
  const consumer = kafka.consumer({ groupId: `${topicPrefix}auditor`, maxWaitTimeInMs: 200 });
  const log = new Map<string, string>();
  await consumer.connect();
  try {
    await consumer.subscribe({ topic: `${topicPrefix}messages`, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        const offset = BigInt(message.offset);
        const messageId = messageIdOf({
          generation: 0,
          partition,
          offset,
          appendedAt: Number(message.timestamp),
        });
        const { conversationId, sender, nonce } = JSON.parse(String(message.value));
        log.set(messageId, `${conversationId} ${sender} ${nonce}`);
      },
    });
    await waitFor('the whole log to be read', () => log.size >= records);
  } finally {
    await consumer.disconnect();
  }
  return log;
}

it('connections cut between append and response: what was acknowledged is in the log under its id, and in history once', async () => {
  let posting = true;
  let cuts = 0;
  const acknowledged: { messageId: string; key: string }[] = [];
  const all = sendAll(crowd, {
    each: 20,
    onAcknowledged: (posted, sender) =>
      acknowledged.push({
        messageId: posted.messageId,
        key: `${posted.conversationId} ${sender} ${posted.nonce}`,
      }),
  }).finally(() => {
    posting = false;
    for (const proxy of proxied.proxies.values()) proxy.disarm();
  });
  const cutting = [...proxied.proxies.values()].map(async (proxy) => {
    while (posting) {
      const cut = await Promise.race([proxy.cutAfterAppend(), all.then(() => undefined)]);
      if (cut !== undefined) cuts += 1;
      // The next cut only after something got through: it is faults under traffic that are tested, not an outage.
      const before = crowd.ledger.acknowledgedCount;
      await waitFor(
        'the next acknowledgement',
        () => !posting || crowd.ledger.acknowledgedCount > before + 5,
      );
    }
  });
  await all;
  await Promise.all(cutting);

  const report = await settle(crowd);
  expectPromisesKept(report);
  expect(report).toMatchObject({ sent: 480, acknowledged: 480, stored: 480 });
  expect(cuts).toBeGreaterThan(5);
  const log = await readLog();
  for (const { messageId, key } of acknowledged) expect(log.get(messageId)).toBe(key);
  const copies = log.size - 480;
  // A cut after the append and a try after it leave a copy: without copies nothing was tested.
  expect(copies).toBeGreaterThan(0);
  console.log(
    `${cuts} connections cut between append and response: ${copies} copies in the log, none in history`,
  );
});
