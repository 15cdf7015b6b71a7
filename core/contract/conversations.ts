import * as z from 'zod/mini';
import {
  channelIdSchema,
  channelNameSchema,
  conversationIdSchema,
  messageIdSchema,
  userIdSchema,
} from './ids.ts';
import {
  CHANNEL_TOPIC_MAX_LENGTH,
  CONVERSATIONS_MAX,
  PAGE_MAX,
  SEARCH_QUERY_MAX_LENGTH,
  UNREAD_COUNT_MAX,
} from './limits.ts';
import { messagePreviewSchema } from './messages.ts';
import { lineSchema } from './text.ts';
import { profileSchema } from './users.ts';

export const channelSchema = z.object({
  channelId: channelIdSchema,
  conversationId: conversationIdSchema,
  name: channelNameSchema,
  topic: z.optional(z.string()),
  createdBy: z.optional(userIdSchema),
  createdAt: z.string(),
});

/** A channel as the one who asks sees it. */
export const foundChannelSchema = z.extend(channelSchema, { joined: z.boolean() });

export const createChannelBodySchema = z.object({
  name: channelNameSchema,
  topic: z.optional(lineSchema(CHANNEL_TOPIC_MAX_LENGTH)),
});

/** `name`: exactly that one, or none. `query`: the beginning of a name. Neither: from the start, in order of name. */
export const findChannelsQuerySchema = z.object({
  query: z.optional(z.string().check(z.maxLength(SEARCH_QUERY_MAX_LENGTH, 'is too long'))),
  name: z.optional(channelNameSchema),
  /** The `next` of the page before. */
  after: z.optional(channelNameSchema),
});

export const channelsResponseSchema = z.object({
  channels: z.array(foundChannelSchema),
  next: z.optional(channelNameSchema),
});

export const membersQuerySchema = z.object({
  /** The `next` of the page before. */
  after: z.optional(userIdSchema),
});
/** A page of at most 100 members, in order of user id. */
export const membersResponseSchema = z.object({
  members: z.array(profileSchema).check(z.maxLength(PAGE_MAX)),
  next: z.optional(userIdSchema),
});

/**
 * A row of the side bar. `channel` or `peer` says what it is (`peer` is oneself in the notebook). While Cassandra is away
 * the summary comes from DynamoDB and has no `lastMessage`, `readMarker` and `unreadCount`: a client keeps what it had.
 */
export const conversationSummarySchema = z.object({
  conversationId: conversationIdSchema,
  channel: z.optional(channelSchema),
  peer: z.optional(profileSchema),
  joinedAt: z.string(),
  lastMessage: z.optional(messagePreviewSchema),
  readMarker: z.optional(messageIdSchema),
  /** Others' messages after the read marker, counted up to 100. */
  unreadCount: z.optional(z.int().check(z.minimum(0), z.maximum(UNREAD_COUNT_MAX))),
});

/**
 * At most CONVERSATIONS_MAX rows: `general` and those with the newest message or joined last. The others are found by
 * search, and are back with their next message. While Cassandra is away nobody knows the last messages, and those joined
 * last are there.
 */
export const conversationsResponseSchema = z.object({
  conversations: z.array(conversationSummarySchema).check(z.maxLength(CONVERSATIONS_MAX)),
  /** How many more there are; absent: none. */
  leftOut: z.optional(z.int().check(z.minimum(1))),
  /** Cassandra is away or the store function lags: last messages and unread counts may be missing or old. */
  catchingUp: z.boolean(),
});

export type Channel = z.infer<typeof channelSchema>;
export type FoundChannel = z.infer<typeof foundChannelSchema>;
export type CreateChannelBody = z.infer<typeof createChannelBodySchema>;
export type FindChannelsQuery = z.infer<typeof findChannelsQuerySchema>;
export type ChannelsResponse = z.infer<typeof channelsResponseSchema>;
export type MembersResponse = z.infer<typeof membersResponseSchema>;
export type ConversationSummary = z.infer<typeof conversationSummarySchema>;
export type ConversationsResponse = z.infer<typeof conversationsResponseSchema>;
