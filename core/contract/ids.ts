import * as z from 'zod/mini';
import {
  CHANNEL_NAME_PATTERN,
  EMAIL_MAX_LENGTH,
  NONCE_MAX_LENGTH,
  NONCE_MIN_LENGTH,
  RESERVED_USER_IDS,
  USER_ID_PATTERN,
} from './limits.ts';

/** Chosen at sign-up, unique, immutable, lower case. */
export const userIdSchema = z
  .string()
  .check(z.regex(USER_ID_PATTERN, 'must be 2 to 32 characters of a-z, 0-9, dot, underscore and hyphen'));

/** A user id that may be claimed: a valid one that is not a reserved word. */
export const claimableUserIdSchema = userIdSchema.check(
  z.refine((userId) => !RESERVED_USER_IDS.has(userId), 'is a reserved word; choose another'),
);

/** Compared in lower case everywhere, so it is lowered at the door. */
export const emailIdSchema = z.pipe(
  z.pipe(
    z.string(),
    z.transform((email: string) => email.trim().toLowerCase()),
  ),
  z.email('must be an e-mail address').check(z.maxLength(EMAIL_MAX_LENGTH, 'is too long')),
);

export const channelIdSchema = z.uuid('must be a channel id');
export const channelNameSchema = z
  .string()
  .check(z.regex(CHANNEL_NAME_PATTERN, 'must be 1 to 80 characters of a-z, 0-9, dot, underscore and hyphen'));

/** `channel:<uuid>` or `dm:<userId>:<userId>` with the two ids in ascending order (equal: a notebook). */
export const conversationIdSchema = z
  .string()
  .check(
    z.regex(
      /^(?:channel:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|dm:[a-z0-9._-]{2,32}:[a-z0-9._-]{2,32})$/,
      'must be a conversation id',
    ),
  );

/** 128 bits (generation 8, offset 56, partition 16, append time in ms 48) as 26 characters of Crockford's base 32. */
export const messageIdSchema = z
  .string()
  .check(z.regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, 'must be a message id'));

export const nonceSchema = z
  .string()
  .check(
    z.minLength(NONCE_MIN_LENGTH, `must have at least ${NONCE_MIN_LENGTH} characters`),
    z.maxLength(NONCE_MAX_LENGTH, `must have at most ${NONCE_MAX_LENGTH} characters`),
    z.regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces'),
  );

export type UserId = z.infer<typeof userIdSchema>;
export type EmailId = z.infer<typeof emailIdSchema>;
export type ChannelId = z.infer<typeof channelIdSchema>;
export type ChannelName = z.infer<typeof channelNameSchema>;
export type ConversationId = z.infer<typeof conversationIdSchema>;
export type MessageId = z.infer<typeof messageIdSchema>;
export type Nonce = z.infer<typeof nonceSchema>;

/** `general` is there before anybody signs up, so its id is a constant of the system. */
export const GENERAL_CHANNEL_ID: ChannelId = '00000000-0000-4000-8000-000000000001';
export const GENERAL_CHANNEL_NAME: ChannelName = 'general';
