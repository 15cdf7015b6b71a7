import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { openProxiedBrokers } from '../../../local/faults/proxied-brokers.ts';
import { connectNodeControl } from '../../../local/processes/control-client.ts';
import { DataDirectory } from '../../../local/stores/data-directory.ts';
import { portsOf } from '../../../local/stores/ports.ts';
import { connectCassandra, countNotes, createNotes } from './cassandra-client.ts';
import {
  connectProducer,
  createTopic,
  kafkaClient,
  patientKafkaClient,
  recordCount,
} from './kafka-client.ts';

const stores = inject('stores');
const control = connectNodeControl(stores.controlSocket);
const { brokers } = stores.kafka;

/** Whatever a test does to a node, the next one finds it serving. */
function restoreAfterwards(part: string, number: number): void {
  onTestFinished(async () => {
    await control.resume(part, number);
    await control.start(part, number);
    await control.waitUntilReady(part, number, 120_000);
  });
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const end = (connected: boolean) => () => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}

describe('three of each', () => {
  it('run, each under its own number', async () => {
    const parts = (await control.status()).filter(({ part }) =>
      ['cassandra', 'dynamodb', 'kafka'].includes(part),
    );
    expect(parts.map(({ part, number, state }) => `${part} ${number ?? ''} ${state}`)).toEqual([
      'cassandra 1 running',
      'cassandra 2 running',
      'cassandra 3 running',
      'dynamodb  running',
      'kafka 1 running',
      'kafka 2 running',
      'kafka 3 running',
    ]);
  });

  it('listen on loopback only, management ports included', async () => {
    const directory = new DataDirectory(dirname(stores.controlSocket));
    const ports = portsOf(directory.readSettings()!.ports, 3);
    const { native, storage, jmx } = ports.cassandra;
    const listening = [
      ports.dynamodb,
      native,
      storage,
      ...jmx,
      ...ports.kafka.flatMap(({ client, controller, proxied }) => [client, controller, proxied]),
    ];
    const outer = Object.values(networkInterfaces()).flatMap((addresses) =>
      (addresses ?? []).filter(({ internal }) => !internal).map(({ address }) => address),
    );
    for (const port of listening) {
      expect(await canConnect('127.0.0.1', port), `127.0.0.1:${port}`).toBe(true);
      for (const address of outer) expect(await canConnect(address, port), `${address}:${port}`).toBe(false);
    }
  });
});

describe('a Cassandra node killed under writes', () => {
  it('is missed by nobody, and has every row when it is back', async () => {
    const client = await connectCassandra(stores.cassandra);
    const table = await createNotes(client, 3);
    restoreAfterwards('cassandra', 2);
    const write = (id: number) =>
      client.execute(`INSERT INTO ${table} (id, text) VALUES (?, ?)`, [id, 'x'], { isIdempotent: true });
    for (let id = 0; id < 50; id += 1) await write(id);
    await control.kill('cassandra', 2);
    expect(await control.status()).toContainEqual({ part: 'cassandra', number: 2, state: 'stopped' });
    for (let id = 50; id < 100; id += 1) await write(id);
    await control.start('cassandra', 2);
    await control.waitUntilReady('cassandra', 2, 120_000);
    const returned = await connectCassandra(stores.cassandra, '127.0.0.2');
    await waitFor('its hints to arrive', async () => (await countNotes(returned, table)) === 100);
  });
});

describe('a Kafka broker killed under writes', () => {
  it('is missed for seconds, and has every record when it is back', async () => {
    const topic = await createTopic(brokers, 3);
    const producer = await connectProducer(patientKafkaClient(brokers));
    restoreAfterwards('kafka', 2);
    const send = (value: string) => producer.send({ topic, acks: -1, messages: [{ value }] });
    for (let index = 0; index < 20; index += 1) await send('before');
    await control.kill('kafka', 2);
    const killed = performance.now();
    await send('after');
    console.log(`posting went on ${((performance.now() - killed) / 1_000).toFixed(1)} s after the kill`);
    for (let index = 0; index < 20; index += 1) await send('after');
    await control.start('kafka', 2);
    await control.waitUntilReady('kafka', 2);
    expect(await recordCount(brokers, topic)).toBeGreaterThanOrEqual(41);
    const admin = patientKafkaClient(brokers).admin();
    await admin.connect();
    onTestFinished(() => admin.disconnect());
    await waitFor('the broker to be in sync again', async () => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      return topics[0]?.partitions[0]?.isr.includes(2) === true;
    });
  });
});

describe('a paused broker', () => {
  it('is shown as paused, and goes on when it is resumed', async () => {
    restoreAfterwards('kafka', 3);
    await control.pause('kafka', 3);
    expect(await control.status()).toContainEqual(
      expect.objectContaining({ part: 'kafka', number: 3, state: 'paused' }),
    );
    await control.resume('kafka', 3);
    await control.waitUntilReady('kafka', 3);
  });
});

describe('a connection cut between append and response', () => {
  it('leaves a record in the log that its sender knows nothing about', async () => {
    const topic = await createTopic(brokers, 3);
    const proxied = await openProxiedBrokers(stores.kafka.proxiedListeners);
    onTestFinished(() => proxied.close());
    const producer = await connectProducer(kafkaClient(proxied.brokers));
    const send = () => producer.send({ topic, acks: -1, messages: [{ value: 'x' }] });
    await waitFor('the first send to reach a leader', send);
    expect(await recordCount(brokers, topic)).toBe(1);
    const cuts = [...proxied.proxies.values()].map((proxy) => proxy.cutAfterAppend());
    await expect(send()).rejects.toThrow();
    await Promise.race(cuts);
    await waitFor('the record to be in the log', async () => (await recordCount(brokers, topic)) === 2);
    for (const proxy of proxied.proxies.values()) proxy.disarm();
    await waitFor('the next send', send);
    expect(await recordCount(brokers, topic)).toBe(3);
  });
});
