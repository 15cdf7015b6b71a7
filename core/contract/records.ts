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

/** The record in a JSON value; undefined if it is none. */
export function messagePostedRecordIn(value: unknown): MessagePostedRecord | undefined {
  return z.safeParse(messagePostedRecordSchema, value).data;
}

/** The signal in a JSON value; undefined if it holds none. */
export function signalIn(value: unknown): Signal | undefined {
  return z.safeParse(signalRecordSchema, value).data?.signal;
}

export type MessagePostedRecord = z.infer<typeof messagePostedRecordSchema>;
export type SignalRecord = z.infer<typeof signalRecordSchema>;
export type DeadLetterReason = (typeof DEAD_LETTER_REASONS)[number];
