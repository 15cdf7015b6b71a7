import type { Signal } from '../../../core/contract/events.ts';
import { RECORD_HEADERS, type SignalRecord } from '../../../core/contract/records.ts';
import { TOPICS } from '../../../core/contract/topics.ts';
import type { SignalLog } from '../../application/ports/signal-log.ts';
import type { LogProducer } from './log-producer.ts';

const DEADLINE_MS = 4_000;

/** The topic `signals` as Kafka has it. */
export class KafkaSignalLog implements SignalLog {
  readonly #producer: LogProducer;
  readonly #topic: string;

  constructor(options: { producer: LogProducer; topicPrefix: string }) {
    this.#producer = options.producer;
    this.#topic = `${options.topicPrefix}${TOPICS.signals.name}`;
  }

  async announce(
    signals: readonly Signal[],
    options: { deadlineMs?: number; traceparent?: string } = {},
  ): Promise<void> {
    if (signals.length === 0) return;
    const headers =
      options.traceparent === undefined ? {} : { [RECORD_HEADERS.traceparent]: options.traceparent };
    const messages = signals.map((signal) => {
      const record: SignalRecord = { version: 1, signal };
      return { key: keyOf(signal), value: JSON.stringify(record), headers };
    });
    await this.#producer.append({
      topic: this.#topic,
      deadlineMs: options.deadlineMs ?? DEADLINE_MS,
      messages,
    });
  }
}

/** What must be heard in order shares a key: what happens to one conversation, or to one user. */
function keyOf(signal: Signal): string {
  switch (signal.type) {
    case 'channel.created':
      return signal.channel.conversationId;
    case 'session.revoked':
      return signal.userId;
    case 'conversation.stored':
    case 'conversation.edited':
    case 'membership.changed':
    case 'read-marker.moved':
      return signal.conversationId;
  }
}
