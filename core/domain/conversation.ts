import { type ChannelId, type ConversationId, GENERAL_CHANNEL_ID, type UserId } from '../contract/ids.ts';

export type ConversationAddress =
  | { readonly kind: 'channel'; readonly channelId: ChannelId }
  | { readonly kind: 'direct'; readonly userIds: readonly [UserId, UserId] };

export function channelConversationId(channelId: ChannelId): ConversationId {
  return `channel:${channelId}`;
}

/** The one conversation of two users, whoever asks; of a user with itself: the notebook. */
export function directConversationId(one: UserId, other: UserId): ConversationId {
  return one < other ? `dm:${one}:${other}` : `dm:${other}:${one}`;
}

export const GENERAL_CONVERSATION_ID: ConversationId = channelConversationId(GENERAL_CHANNEL_ID);

/** Takes a valid conversation id apart; undefined for one whose two users are not in ascending order. */
export function addressOf(conversationId: ConversationId): ConversationAddress | undefined {
  const [kind, first = '', second = ''] = conversationId.split(':');
  if (kind === 'channel') return { kind: 'channel', channelId: first };
  return first <= second ? { kind: 'direct', userIds: [first, second] } : undefined;
}

/** The other one in a direct message; oneself in the notebook; undefined if the user has no part in it. */
export function peerOf(address: ConversationAddress, userId: UserId): UserId | undefined {
  if (address.kind !== 'direct') return undefined;
  const [first, second] = address.userIds;
  if (first === userId) return second;
  return second === userId ? first : undefined;
}
