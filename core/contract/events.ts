import * as z from 'zod/mini';
import { channelSchema, conversationSummarySchema } from './conversations.ts';
import { conversationIdSchema, messageIdSchema, userIdSchema } from './ids.ts';
import { EDITS_NAMED_MAX } from './limits.ts';
import { editSchema, messageSchema } from './messages.ts';

/**
 * Everything that a live connection can hear, one schema per type. A frame on the socket is `{events: […]}`, at most
 * 32 KB. New types may come; a client ignores the types it does not know.
 */
export const messagePostedSchema = z.extend(messageSchema, { type: z.literal('message.posted') });

/** A message has another content. It holds for the message of this sender only, and gives way to a newer edit. */
export const messageEditedSchema = z.object({
  type: z.literal('message.edited'),
  conversationId: conversationIdSchema,
  /** Of the post. */
  messageId: messageIdSchema,
  sender: userIdSchema,
  content: z.string(),
  edit: editSchema,
});

const rangeShape = {
  conversationId: conversationIdSchema,
  first: messageIdSchema,
  through: messageIdSchema,
  count: z.int().check(z.minimum(1)),
};

/** History now holds `count` messages of the conversation from `first` through `through`, both included. */
export const conversationStoredSchema = z.object({ type: z.literal('conversation.stored'), ...rangeShape });

/**
 * The log holds `count` records of the conversation from `first` through `through` that were too old to be pushed one by
 * one. They may not be stored yet, and copies of one message count each; a client reads what it lacks from history.
 */
export const conversationSkippedSchema = z.object({ type: z.literal('conversation.skipped'), ...rangeShape });

/**
 * History holds these edits, or the log does and they were too old to be pushed one by one: of each message the newest. A
 * client that holds one of these messages in an older version reads it again from history.
 */
export const conversationEditedSchema = z.object({
  type: z.literal('conversation.edited'),
  conversationId: conversationIdSchema,
  edits: z
    .array(z.object({ messageId: messageIdSchema, editId: messageIdSchema }))
    .check(z.minLength(1), z.maxLength(EDITS_NAMED_MAX)),
});

export const channelCreatedSchema = z.object({ type: z.literal('channel.created'), channel: channelSchema });

/** Somebody came or went. The one concerned gets `conversation` too, the new row of its side bar. */
export const membershipChangedSchema = z.object({
  type: z.literal('membership.changed'),
  conversationId: conversationIdSchema,
  userId: userIdSchema,
  change: z.enum(['joined', 'left']),
  conversation: z.optional(conversationSummarySchema),
});

/** The user's own read marker moved, in whichever tab or device; it only moves forward. */
export const readMarkerMovedSchema = z.object({
  type: z.literal('read-marker.moved'),
  conversationId: conversationIdSchema,
  userId: userIdSchema,
  messageId: messageIdSchema,
});

/** These sessions have ended; `deliver` closes their sockets after telling them. */
export const sessionRevokedSchema = z.object({
  type: z.literal('session.revoked'),
  userId: userIdSchema,
  /** The session that ended; absent: all of the user's but `exceptSessionId`. */
  sessionId: z.optional(z.string()),
  exceptSessionId: z.optional(z.string()),
});

/** What is no message but must be heard live: the topic `signals`. `conversation.skipped` is none: `deliver` itself says it. */
export const signalSchema = z.discriminatedUnion('type', [
  conversationStoredSchema,
  conversationEditedSchema,
  channelCreatedSchema,
  membershipChangedSchema,
  readMarkerMovedSchema,
  sessionRevokedSchema,
]);

export const eventSchema = z.discriminatedUnion('type', [
  messagePostedSchema,
  messageEditedSchema,
  conversationSkippedSchema,
  ...signalSchema.def.options,
]);

export const frameSchema = z.object({ events: z.array(eventSchema) });

/** What a client may send on the socket; the answer to a ping is a pong frame. Anything else is ignored. */
export const clientFrameSchema = z.object({ type: z.literal('ping') });
export const PONG_FRAME = '{"events":[],"pong":true}';

export type MessageEdited = z.infer<typeof messageEditedSchema>;
export type ConversationStored = z.infer<typeof conversationStoredSchema>;
export type ConversationSkipped = z.infer<typeof conversationSkippedSchema>;
export type ConversationEdited = z.infer<typeof conversationEditedSchema>;
export type MembershipChanged = z.infer<typeof membershipChangedSchema>;
export type ReadMarkerMoved = z.infer<typeof readMarkerMovedSchema>;
export type SessionRevoked = z.infer<typeof sessionRevokedSchema>;
export type Signal = z.infer<typeof signalSchema>;
export type PingMeEvent = z.infer<typeof eventSchema>;
export type Frame = z.infer<typeof frameSchema>;
export type EventType = PingMeEvent['type'];

/** Who hears an event: `conversation` its members, `user` the one it names, `everyone` all live connections. */
export const AUDIENCES = {
  'message.posted': ['conversation'],
  'message.edited': ['conversation'],
  'conversation.stored': ['conversation'],
  'conversation.skipped': ['conversation'],
  'conversation.edited': ['conversation'],
  'channel.created': ['everyone'],
  'membership.changed': ['conversation', 'user'],
  'read-marker.moved': ['user'],
  'session.revoked': ['user'],
} as const satisfies Record<EventType, readonly ('conversation' | 'user' | 'everyone')[]>;
