import type { StoreProbe } from '../../application/ports/store-probe.ts';
import { createKafkaClient, type KafkaClientOptions } from './kafka-client.ts';

/** `min.insync.replicas` of every topic: with fewer brokers nothing is confirmed. */
const MINIMUM_BROKERS = 2;

/** Kafka is up while enough of its brokers answer for a record to be confirmed. */
export class KafkaProbe implements StoreProbe {
  readonly #options: KafkaClientOptions;

  constructor(options: KafkaClientOptions) {
    this.#options = options;
  }

  async isUp(): Promise<boolean> {
    const brokers = this.#options.brokers();
    const answers = await Promise.all(brokers.map((broker) => this.#answers(broker)));
    return answers.filter((answer) => answer).length >= Math.min(MINIMUM_BROKERS, brokers.length);
  }

  async #answers(broker: string): Promise<boolean> {
    const { onLog: _, ...options } = this.#options;
    const client = await createKafkaClient({ ...options, brokers: () => [broker] });
    const admin = client.admin({ retry: { retries: 0 } });
    try {
      // Connecting is more than a TCP handshake: the broker must answer which API versions it speaks.
      await admin.connect();
      return true;
    } catch {
      return false;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}
