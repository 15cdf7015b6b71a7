import type { PingMeEvent } from '../contract/events.ts';
import type { ConversationId, UserId } from '../contract/ids.ts';
import { GENERAL_CONVERSATION_ID } from './conversation.ts';

/** Key of a set of live connections: the members of a conversation, a user's own, or everyone's. */
export type Audience = `conversation#${string}` | `user#${string}` | 'everyone';

export const EVERYONE: Audience = 'everyone';
/** Everyone is in `general`, and nobody leaves it. */
export const conversationAudience = (conversationId: ConversationId): Audience =>
  conversationId === GENERAL_CONVERSATION_ID ? EVERYONE : `conversation#${conversationId}`;
export const userAudience = (userId: UserId): Audience => `user#${userId}`;

/** Who hears an event; a connection that is in two of them hears it once. */
export function audiencesOf(event: PingMeEvent): readonly Audience[] {
  switch (event.type) {
    case 'message.posted':
    case 'message.edited':
    case 'conversation.stored':
    case 'conversation.skipped':
    case 'conversation.edited':
      return [conversationAudience(event.conversationId)];
    case 'channel.created':
      return [EVERYONE];
    case 'membership.changed':
      return [conversationAudience(event.conversationId), userAudience(event.userId)];
    case 'read-marker.moved':
    case 'session.revoked':
      return [userAudience(event.userId)];
  }
}
