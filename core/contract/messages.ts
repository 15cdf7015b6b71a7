import * as z from 'zod/mini';
import { conversationIdSchema, messageIdSchema, nonceSchema, userIdSchema } from './ids.ts';
import { CONTENT_MAX_CODE_POINTS, PAGE_DEFAULT, PAGE_MAX } from './limits.ts';
import { textSchema } from './text.ts';

/**
 * The newest edit of a message. `editId` is the place of the edit's record in the log, written as message ids are: of two
 * versions of a message the one with the greater `editId` is the newer, and one without is the oldest.
 */
export const editSchema = z.object({
  editId: messageIdSchema,
  /** The log's append time of the edit, ISO 8601. Information only. */
  editedAt: z.string(),
});

/** A message as pages and frames carry it. A client holds it under (conversationId, sender, nonce). */
export const messageSchema = z.object({
  messageId: messageIdSchema,
  conversationId: conversationIdSchema,
  sender: userIdSchema,
  nonce: nonceSchema,
  content: z.string(),
  /** The log's append time, ISO 8601. Information only: order comes from `messageId`. */
  postedAt: z.string(),
  /** There once the message was edited; `content` is then what this edit made it. */
  edit: z.optional(editSchema),
});

/** A message as a row of the side bar has it; `truncated` where `content` is only its beginning. */
export const messagePreviewSchema = z.extend(messageSchema, { truncated: z.optional(z.literal(true)) });

export const postMessageBodySchema = z.object({
  content: textSchema(CONTENT_MAX_CODE_POINTS),
  /** Made once per message by the client. */
  nonce: nonceSchema,
  /** 0 for the first request that carries this nonce, then counted up. Absent: treated as if it might be a copy. */
  attempt: z.optional(
    z.int().check(z.minimum(0, 'must not be negative'), z.maximum(1_000_000, 'is too large')),
  ),
  /** The newest message the client knew in the conversation when it first sent this one. */
  after: z.optional(messageIdSchema),
});

/** 202: the log has it. Where an earlier copy exists its smaller id wins in frames and pages. */
export const postMessageResponseSchema = z.object({
  conversationId: conversationIdSchema,
  messageId: messageIdSchema,
  nonce: nonceSchema,
  postedAt: z.string(),
});

const limitSchema = z._default(
  z.pipe(
    z.pipe(
      z.string().check(z.regex(/^\d{1,4}$/, `must be a number from 1 to ${PAGE_MAX}`)),
      z.transform((limit: string) => Number(limit)),
    ),
    z
      .number()
      .check(
        z.minimum(1, `must be from 1 to ${PAGE_MAX}`),
        z.maximum(PAGE_MAX, `must be from 1 to ${PAGE_MAX}`),
      ),
  ),
  PAGE_DEFAULT,
);

/**
 * No cursor: the newest page. `before`: the newest messages older than it. `after`: the oldest messages newer than it.
 * Both: the oldest messages between the two (how a client fills a gap).
 */
export const historyQuerySchema = z.object({
  before: z.optional(messageIdSchema),
  after: z.optional(messageIdSchema),
  limit: limitSchema,
});

/** Messages in ascending order of id, whatever the direction they were asked in. */
export const historyResponseSchema = z.object({
  messages: z.array(messageSchema),
  /** Give it as `before` for the next older page; absent at the beginning of the conversation. */
  before: z.optional(messageIdSchema),
  /** Give it as `after` for the next newer page; absent when nothing newer was stored. */
  after: z.optional(messageIdSchema),
  /** The newest message of this conversation that is stored; absent in an empty one. */
  storedThrough: z.optional(messageIdSchema),
  /** The store function lags behind the log: messages posted lately may not be here yet. */
  catchingUp: z.boolean(),
});

export const moveReadMarkerBodySchema = z.object({ messageId: messageIdSchema });

export type Edit = z.infer<typeof editSchema>;
export type Message = z.infer<typeof messageSchema>;
export type MessagePreview = z.infer<typeof messagePreviewSchema>;
export type PostMessageBody = z.infer<typeof postMessageBodySchema>;
export type PostMessageResponse = z.infer<typeof postMessageResponseSchema>;
export type HistoryQuery = z.infer<typeof historyQuerySchema>;
export type HistoryResponse = z.infer<typeof historyResponseSchema>;
