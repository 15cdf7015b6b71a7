import type { Signal } from '../../core/contract/events.ts';
import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import {
  type MessageEditedRecord,
  type MessagePostedRecord,
  RECORD_HEADERS,
  type SignalRecord,
} from '../../core/contract/records.ts';
import { messageIdOf } from '../../core/domain/message-id.ts';
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

export interface EditedOptions {
  readonly conversationId: ConversationId;
  readonly offset: number | bigint;
  /** Of the post. */
  readonly messageId: MessageId;
  readonly sender?: string;
  readonly content?: string;
  readonly partition?: number;
  readonly timestamp?: number;
}

/** A record of the topic `messages` that edits a post. */
export function editedRecord(options: EditedOptions): LogRecord {
  const value: MessageEditedRecord = {
    type: 'message.edited',
    version: 1,
    conversationId: options.conversationId,
    sender: options.sender ?? 'ada',
    messageId: options.messageId,
    content: options.content ?? `edited at ${options.offset}`,
  };
  return {
    topic: 'messages',
    partition: options.partition ?? 0,
    offset: BigInt(options.offset),
    timestamp: options.timestamp ?? 1_700_000_000_000 + Number(options.offset),
    key: Buffer.from(options.conversationId),
    value: Buffer.from(JSON.stringify(value)),
    headers: {},
  };
}

/** The id of what a record says, in the first generation of its topic. */
export function idOf({ partition, offset, timestamp }: LogRecord): MessageId {
  return messageIdOf({ generation: 0, partition, offset, appendedAt: timestamp });
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
