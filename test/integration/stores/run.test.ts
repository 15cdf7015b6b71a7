import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, inject, it, onTestFinished } from 'vitest';
import { OperatorError } from '../../../local/processes/operator-error.ts';
import { identifyProcess } from '../../../local/processes/process-identity.ts';
import { startStores } from '../../../local/stores/start-stores.ts';
import type { StoreAddresses, StoreProgress } from '../../../local/stores/stores.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { connectCassandra, countNotes } from './cassandra-client.ts';
import { connectProducer, patientKafkaClient, recordCount } from './kafka-client.ts';

/** Three starts, one of them over leftovers, beside the shared stores on whatever cores there are. */
const SEVERAL_STARTS_MILLISECONDS = 400_000;

const OWNER = fileURLToPath(new URL('owner-process.ts', import.meta.url));

/** Starts a small run beside the shared one; it stops when the test ends. */
async function start(folder: string, options: Partial<Parameters<typeof startStores>[0]> = {}) {
  const progress: StoreProgress[] = [];
  const run = await startStores({
    dataDirectory: folder,
    small: true,
    stopOnSignals: false,
    onProgress: (event) => progress.push(event),
    ...options,
  });
  onTestFinished(() => run.stop());
  const notices = progress.flatMap((event) => (event.kind === 'notice' ? [event.sentence] : []));
  return { run, progress, notices };
}

async function startOwner(folder: string) {
  const owner = spawn(process.execPath, ['--import', 'tsx', OWNER, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void owner.kill('SIGTERM'));
  const [line] = await once(createInterface({ input: owner.stdout }), 'line');
  const { addresses, parts }: { addresses: StoreAddresses; parts: { pid: number }[] } = JSON.parse(line);
  return { owner, addresses, pids: parts.map(({ pid }) => pid) };
}

async function writeSome({ cassandra, kafka }: StoreAddresses): Promise<void> {
  const client = await connectCassandra(cassandra);
  await client.execute(
    "CREATE KEYSPACE kept WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 1}",
  );
  await client.execute('CREATE TABLE kept.notes (id int PRIMARY KEY, text text)');
  await client.execute("INSERT INTO kept.notes (id, text) VALUES (1, 'x')");
  const admin = patientKafkaClient(kafka.brokers).admin();
  await admin.connect();
  onTestFinished(() => admin.disconnect());
  await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }], waitForLeaders: true });
  const producer = await connectProducer(patientKafkaClient(kafka.brokers));
  await producer.send({ topic: 'kept', acks: -1, messages: [{ value: 'x' }] });
}

async function expectKept({ cassandra, kafka }: StoreAddresses): Promise<void> {
  expect(await countNotes(await connectCassandra(cassandra), 'kept.notes')).toBe(1);
  expect(await recordCount(kafka.brokers, 'kept')).toBe(1);
}

it(
  'a run beside another, killed, started again over its leftovers, stopped and started again keeps its data',
  async () => {
    const folder = temporaryFolder();
    const { owner, addresses, pids } = await startOwner(folder);
    expect(addresses.cassandra.port).not.toBe(inject('stores').cassandra.port);
    expect(pids).toHaveLength(3);
    await writeSome(addresses);

    owner.kill('SIGKILL');
    await once(owner, 'exit');
    for (const pid of pids) expect(identifyProcess(pid)).toBeDefined();

    const second = await start(folder);
    expect(second.notices).toEqual([
      expect.stringMatching(
        /^The run before in .* \(process \d+\) was killed; ended what it left running: .*Cassandra node 1/,
      ),
    ]);
    for (const pid of pids) expect(identifyProcess(pid)).toBeUndefined();
    await expectKept(second.run);

    const again = startStores({ dataDirectory: folder, small: true, stopOnSignals: false });
    await expect(again).rejects.toThrow(OperatorError);
    await expect(again).rejects.toThrow(`Ping Me already runs in ${folder} (process ${process.pid}): `);

    const running = (await second.run.nodes.status()).map(({ pid }) => pid!);
    await second.run.stop();
    for (const pid of running) expect(identifyProcess(pid)).toBeUndefined();
    expect(readdirSync(folder).sort()).toEqual(['cassandra', 'dynamodb', 'kafka', 'settings.json']);

    const third = await start(folder);
    expect(third.notices).toEqual([]);
    expect(third.run.kafka).toEqual(addresses.kafka);
    expect(third.run.cassandra).toEqual(addresses.cassandra);
    await expectKept(third.run);
  },
  SEVERAL_STARTS_MILLISECONDS,
);

it('a start-up that fails half way says why, and leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const files = { keyAndCertificates: '/nowhere/key.pem', trustedCertificates: '/nowhere/ca.pem' };
  const failing = start(folder, { cassandra: { tls: { internode: files, client: files } } });
  await expect(failing).rejects.toThrow(OperatorError);
  await expect(failing).rejects.toThrow(/^Cassandra node 1 ended before it was ready: its output is in /);
  expect(readdirSync(folder)).not.toContain('run.json');
  expect(readdirSync(folder)).not.toContain('lock');
});

it('a start-up that is aborted ends what it had started', async () => {
  const folder = temporaryFolder();
  const abort = new AbortController();
  const reason = new Error('enough');
  const started: string[] = [];
  const aborted = start(folder, {
    signal: abort.signal,
    onProgress: (event) => {
      if (event.kind === 'step-started') started.push(event.store);
      if (started.length === 3) abort.abort(reason);
    },
  });
  await expect(aborted).rejects.toBe(reason);
  expect(readdirSync(folder)).not.toContain('run.json');
});
