import * as z from 'zod/mini';
import { type Signal, signalSchema } from './events.ts';
import { conversationIdSchema, messageIdSchema, nonceSchema, userIdSchema } from './ids.ts';
import { CONTENT_MAX_CODE_POINTS } from './limits.ts';
import { textSchema } from './text.ts';

/**
 * The value of a record in the topic `messages` (key: the conversation id). Id and time are not in it: they come from
 * the record's own place in the log, the same for whoever reads it.
 */
const messagePostedRecordSchema = z.object({
  type: z.literal('message.posted'),
  version: z.literal(1),
  conversationId: conversationIdSchema,
  sender: userIdSchema,
  nonce: nonceSchema,
  content: textSchema(CONTENT_MAX_CODE_POINTS),
  after: z.optional(messageIdSchema),
});

/**
 * A message has another content: the value of a record in the topic `messages`, on the key of the post. It stands behind its
 * post in the log, and is of the same sender; one that is not has no post to change.
 */
const messageEditedRecordSchema = z.object({
  type: z.literal('message.edited'),
  version: z.literal(1),
  conversationId: conversationIdSchema,
  sender: userIdSchema,
  /** Of the post, as history has it. */
  messageId: messageIdSchema,
  content: textSchema(CONTENT_MAX_CODE_POINTS),
});

const messageRecordSchema = z.discriminatedUnion('type', [
  messagePostedRecordSchema,
  messageEditedRecordSchema,
]);

/** The value of a record in the topic `signals`. */
const signalRecordSchema = z.object({ version: z.literal(1), signal: signalSchema });

/** Why a record was set aside in `messages-dead`. */
export const DEAD_LETTER_REASONS = ['undecodable', 'refused', 'orphaned'] as const;

/** Headers of records, UTF-8 text. */
export const RECORD_HEADERS = {
  /** The client's count of its own tries; absent when the client gave none. */
  attempt: 'attempt',
  /** The producer function's count of its tries within one request. */
  try: 'try',
  /** W3C Trace Context, from the post to its delivery. */
  traceparent: 'traceparent',
  requestId: 'request-id',
  /** On `messages-dead`: one of DEAD_LETTER_REASONS, and where the record stood. */
  reason: 'reason',
  sourceTopic: 'source-topic',
  sourcePartition: 'source-partition',
  sourceOffset: 'source-offset',
} as const;

/** The record of the topic `messages` in a JSON value; undefined if it is none. */
export function messageRecordIn(value: unknown): MessageRecord | undefined {
  return z.safeParse(messageRecordSchema, value).data;
}

/** The signal in a JSON value; undefined if it holds none. */
export function signalIn(value: unknown): Signal | undefined {
  return z.safeParse(signalRecordSchema, value).data?.signal;
}

export type MessagePostedRecord = z.infer<typeof messagePostedRecordSchema>;
export type MessageEditedRecord = z.infer<typeof messageEditedRecordSchema>;
export type MessageRecord = z.infer<typeof messageRecordSchema>;
export type SignalRecord = z.infer<typeof signalRecordSchema>;
export type DeadLetterReason = (typeof DEAD_LETTER_REASONS)[number];
