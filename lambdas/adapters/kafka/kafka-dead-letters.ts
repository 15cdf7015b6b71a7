import { type DeadLetterReason, RECORD_HEADERS } from '../../../core/contract/records.ts';
import { TOPICS } from '../../../core/contract/topics.ts';
import type { DeadLetters } from '../../application/ports/dead-letters.ts';
import type { LogRecord } from '../../application/ports/log-record.ts';
import type { LogProducer } from './log-producer.ts';

const DEADLINE_MS = 4_000;

/** The topic `messages-dead` as Kafka has it: the record as it was, with where it stood and why it lies here. */
export class KafkaDeadLetters implements DeadLetters {
  readonly #producer: LogProducer;
  readonly #topic: string;

  constructor(options: { producer: LogProducer; topicPrefix: string }) {
    this.#producer = options.producer;
    this.#topic = `${options.topicPrefix}${TOPICS.messagesDead.name}`;
  }

  async setAside(record: LogRecord, reason: DeadLetterReason): Promise<void> {
    await this.#producer.appendOne({
      topic: this.#topic,
      deadlineMs: DEADLINE_MS,
      message: () => ({
        key: record.key === undefined ? null : Buffer.from(record.key),
        value: record.value === undefined ? null : Buffer.from(record.value),
        headers: {
          ...record.headers,
          [RECORD_HEADERS.reason]: reason,
          [RECORD_HEADERS.sourceTopic]: record.topic,
          [RECORD_HEADERS.sourcePartition]: String(record.partition),
          [RECORD_HEADERS.sourceOffset]: String(record.offset),
        },
      }),
    });
  }
}
