import { RECORD_HEADERS } from '../../../core/contract/records.ts';
import { TOPICS } from '../../../core/contract/topics.ts';
import type { LogPosition } from '../../../core/domain/message-id.ts';
import type { MessageLog, MessageToAppend } from '../../application/ports/message-log.ts';
import type { LogProducer } from './log-producer.ts';

/** The topic `messages` as Kafka has it: key is the conversation, so that all copies of a message share a partition. */
export class KafkaMessageLog implements MessageLog {
  readonly #producer: LogProducer;
  readonly #topic: string;
  readonly #generation: number;
  readonly #onRetry: () => void;

  constructor(options: {
    producer: LogProducer;
    topicPrefix: string;
    generation: number;
    onRetry: () => void;
  }) {
    this.#producer = options.producer;
    this.#topic = `${options.topicPrefix}${TOPICS.messages.name}`;
    this.#generation = options.generation;
    this.#onRetry = options.onRetry;
  }

  async append(message: MessageToAppend, deadlineMs: number): Promise<LogPosition> {
    const value = JSON.stringify(message.record);
    const appended = await this.#producer.appendOne({
      topic: this.#topic,
      deadlineMs,
      onRetry: this.#onRetry,
      message: (tries) => ({
        key: message.record.conversationId,
        value,
        headers: {
          [RECORD_HEADERS.try]: String(tries),
          ...(message.attempt === undefined ? {} : { [RECORD_HEADERS.attempt]: String(message.attempt) }),
          [RECORD_HEADERS.traceparent]: message.traceparent,
          [RECORD_HEADERS.requestId]: message.requestId,
        },
      }),
    });
    return { generation: this.#generation, ...appended };
  }
}
