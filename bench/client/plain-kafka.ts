import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { type Consumer, type ISocketFactory, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import type { StoreAddresses } from '../../local/stores/stores.ts';

/** kafkajs never sets it, and waits 40 ms for nothing where Nagle's algorithm meets delayed acknowledgements. */
const noDelaySocket: ISocketFactory = ({ host, port, onConnect }) =>
  connect({ host, port, noDelay: true, keepAlive: true }, onConnect);

/** kafkajs as somebody would use it by hand, on a topic of its own with the settings of `messages`. */
export class PlainKafka {
  readonly topic = `bench-${randomUUID()}`;
  readonly #kafka: Kafka;
  readonly #producer: Producer;
  readonly #consumers: Consumer[] = [];

  private constructor(stores: StoreAddresses) {
    this.#kafka = new Kafka({
      brokers: [...stores.kafka.brokers],
      socketFactory: noDelaySocket,
      logLevel: logLevel.NOTHING,
    });
    this.#producer = this.#kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
    });
  }

  static async open(stores: StoreAddresses, partitions: number): Promise<PlainKafka> {
    const plain = new PlainKafka(stores);
    const admin = plain.#kafka.admin();
    await admin.connect();
    await admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic: plain.topic,
          numPartitions: partitions,
          replicationFactor: stores.replicationFactor,
          configEntries: [
            { name: 'min.insync.replicas', value: '2' },
            { name: 'message.timestamp.type', value: 'LogAppendTime' },
          ],
        },
      ],
    });
    await admin.disconnect();
    await plain.#producer.connect();
    return plain;
  }

  /** One awaited send of these values under one key. */
  async send(key: string, values: readonly string[]): Promise<void> {
    await this.#producer.send({
      topic: this.topic,
      acks: -1,
      messages: values.map((value) => ({ key, value })),
    });
  }

  /** Calls back for each value that is consumed from now on. */
  async consume(onValue: (value: string) => void): Promise<void> {
    const consumer = this.#kafka.consumer({ groupId: `bench-${randomUUID()}`, maxWaitTimeInMs: 500 });
    this.#consumers.push(consumer);
    await consumer.connect();
    await consumer.subscribe({ topic: this.topic, fromBeginning: false });
    const joined = new Promise<void>((resolve) => consumer.on(consumer.events.GROUP_JOIN, () => resolve()));
    await consumer.run({ eachMessage: async ({ message }) => onValue(String(message.value)) });
    await joined;
  }

  async close(): Promise<void> {
    await Promise.all([this.#producer, ...this.#consumers].map((client) => client.disconnect()));
  }
}
