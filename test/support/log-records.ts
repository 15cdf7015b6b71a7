import type { Signal } from '../../core/contract/events.ts';
import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import { type MessagePostedRecord, RECORD_HEADERS, type SignalRecord } from '../../core/contract/records.ts';
import type { LogRecord } from '../../lambdas/application/ports/log-record.ts';

export interface PostedOptions {
  readonly conversationId: ConversationId;
  readonly offset: number | bigint;
  readonly nonce: string;
  readonly sender?: string;
  readonly content?: string;
  readonly attempt?: number | undefined;
  readonly tries?: number;
  readonly after?: MessageId;
  readonly partition?: number;
  readonly timestamp?: number;
  readonly topic?: string;
}

/** A record of the topic `messages` as the producer function writes it. */
export function postedRecord(options: PostedOptions): LogRecord {
  const value: MessagePostedRecord = {
    type: 'message.posted',
    version: 1,
    conversationId: options.conversationId,
    sender: options.sender ?? 'ada',
    nonce: options.nonce,
    content: options.content ?? `content of ${options.nonce}`,
    ...(options.after === undefined ? {} : { after: options.after }),
  };
  return {
    topic: options.topic ?? 'messages',
    partition: options.partition ?? 0,
    offset: BigInt(options.offset),
    timestamp: options.timestamp ?? 1_700_000_000_000 + Number(options.offset),
    key: Buffer.from(options.conversationId),
    value: Buffer.from(JSON.stringify(value)),
    headers: {
      [RECORD_HEADERS.try]: String(options.tries ?? 0),
      ...(options.attempt === undefined && 'attempt' in options
        ? {}
        : { [RECORD_HEADERS.attempt]: String(options.attempt ?? 0) }),
    },
  };
}

/** A record of the topic `signals`, appended at `timestamp` (milliseconds since 1970). */
export function signalRecord(signal: Signal, offset: number, timestamp: number): LogRecord {
  const value: SignalRecord = { version: 1, signal };
  return {
    topic: 'signals',
    partition: 0,
    offset: BigInt(offset),
    timestamp,
    key: undefined,
    value: Buffer.from(JSON.stringify(value)),
    headers: {},
  };
}
