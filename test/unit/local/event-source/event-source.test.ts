import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EventSource } from '../../../../local/event-source/event-source.ts';
import type { InvocationResult } from '../../../../local/functions/invocation.ts';

/** What kafkajs's consumers do here, told by the test; each new one is put into `consumers`. */
const { consumers, FakeConsumer } = vi.hoisted(() => {
  type Batch = { batch: { partition: number; messages: object[] } };
  class Consumer {
    readonly events = {
      CRASH: 'crash',
      STOP: 'stop',
      GROUP_JOIN: 'join',
      HEARTBEAT: 'heartbeat',
      REBALANCING: 'rebalancing',
    };
    readonly on: (name: string, listener: (event: object) => void) => void;
    readonly emit: (name: string, payload?: object) => void;
    eachBatch: ((batch: Batch) => Promise<void>) | undefined;
    hasGroup = false;
    isStopped = false;
    readonly commits: unknown[] = [];
    connect: () => Promise<void> = async () => undefined;
    constructor(emitter: { on: Consumer['on']; emit(name: string, event: object): boolean }) {
      this.on = (name, listener) => emitter.on(name, listener);
      this.emit = (name, payload = {}) => void emitter.emit(name, { payload });
    }
    async subscribe() {}
    async run({ eachBatch }: { eachBatch: (batch: Batch) => Promise<void> }) {
      this.eachBatch = eachBatch;
    }
    join(topic: string, partitions: number[]) {
      this.hasGroup = true;
      this.emit('join', { memberAssignment: { [topic]: partitions } });
    }
    crash() {
      this.hasGroup = false;
      this.emit('stop');
      this.emit('crash', { error: new Error('lost') });
    }
    assertGroup() {
      if (!this.hasGroup)
        throw new Error('Consumer group was not initialized, consumer#run must be called first');
    }
    pause() {
      this.assertGroup();
    }
    resume() {
      this.assertGroup();
    }
    async commitOffsets(offsets: unknown[]) {
      this.assertGroup();
      this.commits.push(...offsets);
    }
    async disconnect() {}
  }
  return { consumers: [] as Consumer[], FakeConsumer: Consumer };
});

vi.mock('kafkajs', () => ({
  logLevel: { WARN: 2 },
  Kafka: class {
    consumer() {
      const made = new FakeConsumer(new EventEmitter());
      consumers.push(made);
      return made;
    }
  },
}));

let source: EventSource;
afterEach(async () => {
  await source.stop();
  consumers.length = 0;
});

function start(invoke: () => Promise<InvocationResult>) {
  const logged: string[] = [];
  source = new EventSource({
    declaration: {
      name: 'store-messages',
      function: 'store',
      topic: 'messages',
      batchSize: 10,
      maximumBatchingWindowSeconds: 0,
      pollers: { minimum: 1, maximum: 1 },
      startingPosition: 'TRIM_HORIZON',
      reportBatchItemFailures: true,
      maximumRetryAttempts: -1,
    },
    brokers: ['127.0.0.1:9'],
    topicPrefix: '',
    identity: {
      kind: 'msk',
      clusterArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/test/1',
      bootstrapServers: ['127.0.0.1:9'],
    },
    invoke,
    log: (message) => logged.push(message),
  });
  source.start();
  return logged;
}

describe('an event source that reconnects', () => {
  it('commits what was done meanwhile once it has joined its group again, and complains of nothing', async () => {
    let finish: (result: InvocationResult) => void = () => undefined;
    const logged = start(() => new Promise((resolve) => (finish = resolve)));
    await vi.waitFor(() => expect(consumers[0]?.eachBatch).toBeDefined());
    const message = { offset: '6', timestamp: '0', key: null, value: Buffer.from('x'), headers: {} };
    const first = consumers[0]!;
    first.join('messages', [0]);
    await first.eachBatch?.({ batch: { partition: 0, messages: [message] } });
    first.crash();
    await vi.waitFor(() => expect(consumers[1]?.eachBatch).toBeDefined(), 5_000);
    const second = consumers[1]!;
    finish({ kind: 'returned', value: null });
    await new Promise(setImmediate);
    // It has a commit made at once.
    second.emit('rebalancing');
    await new Promise(setImmediate);
    second.join('messages', [0]);
    await vi.waitFor(
      () => expect(second.commits).toEqual([{ topic: 'messages', partition: 0, offset: '7' }]),
      5_000,
    );
    expect(logged).toEqual(['the event source lost Kafka and tries again']);
  });
});
