import { createSelector } from '@reduxjs/toolkit';
import { UNREAD_COUNT_MAX } from '../../../../core/contract/limits.ts';
import { BEGINNING } from '../../lib/timeline/message-id.ts';
import { unreadCount } from '../../lib/timeline/unread.ts';
import type { Conversation, ConversationsState } from './conversations-slice.ts';
import { selectDisplayName } from './people-selectors.ts';
import type { RootState } from './root-reducer.ts';

export const selectConversation = (state: RootState, id: string): Conversation | undefined =>
  state.conversations.byId[id];

export const selectListStatus = (state: RootState): ConversationsState['listStatus'] =>
  state.conversations.listStatus;

export const selectOpenConversationId = (state: RootState): string | null => state.conversations.openId;

/** The conversation that was open last; null: none, or it is gone. */
export function selectLastConversationId(state: RootState): string | null {
  const { lastOpenId, byId } = state.conversations;
  return lastOpenId !== null && byId[lastOpenId] ? lastOpenId : null;
}

const selectById = (state: RootState) => state.conversations.byId;

/** Joined channels in order of name. */
export const selectChannels = createSelector([selectById], (byId): readonly Conversation[] =>
  Object.values(byId)
    .filter(({ kind, joined }) => kind === 'channel' && joined)
    .sort((a, b) => ((a.channel?.name ?? '') < (b.channel?.name ?? '') ? -1 : 1)),
);

/** Direct messages, the one with the newest message first. */
export const selectDirectMessages = createSelector([selectById], (byId): readonly Conversation[] =>
  Object.values(byId)
    .filter(({ kind }) => kind === 'direct')
    .sort((a, b) => (lastActive(a) > lastActive(b) ? -1 : 1)),
);

const lastActive = ({ lastMessage, joinedAt }: Conversation): string =>
  lastMessage?.postedAt ?? joinedAt ?? '';

/** 0 to UNREAD_COUNT_MAX. */
export function selectUnreadCount(state: RootState, id: string): number {
  const conversation = selectConversation(state, id);
  return conversation?.joined ? unreadCount(conversation.unread) : 0;
}

/** What a badge says: nothing, the number, or "99+". */
export function formatUnread(count: number): string {
  if (count === 0) return '';
  return count >= UNREAD_COUNT_MAX ? `${UNREAD_COUNT_MAX - 1}+` : String(count);
}

/** Unread messages over all direct messages, and over all channels. */
export const selectUnreadTotal = createSelector([selectById], (byId) => {
  const total = { directMessages: 0, channels: 0 };
  for (const { kind, joined, unread } of Object.values(byId)) {
    if (joined) total[kind === 'direct' ? 'directMessages' : 'channels'] += unreadCount(unread);
  }
  return total;
});

/** The open conversation's "New" line: it stands above the first of others' messages after it. */
export function selectNewLine(state: RootState, id: string): string | 'start' | null {
  const { openId, newLine } = state.conversations;
  if (openId !== id || newLine === null) return null;
  return newLine === BEGINNING ? 'start' : newLine;
}

/** The page's address of a conversation. */
export function selectConversationPath(state: RootState, id: string): string | null {
  const conversation = selectConversation(state, id);
  if (conversation?.channel) return `/channels/${conversation.channel.name}`;
  return conversation?.peerId ? `/messages/${conversation.peerId}` : null;
}

/** The title of the browser's tab: unread messages first, then the place. */
export function selectPageTitle(state: RootState): string {
  const { openId } = state.conversations;
  const open = openId === null ? undefined : selectConversation(state, openId);
  const { directMessages, channels } = selectUnreadTotal(state);
  const unread = formatUnread(Math.min(UNREAD_COUNT_MAX, directMessages + channels));
  const place = open?.channel
    ? `#${open.channel.name}`
    : open?.peerId
      ? selectDisplayName(state, open.peerId)
      : '';
  return [unread && `(${unread})`, place, place ? '· Ping Me' : 'Ping Me'].filter(Boolean).join(' ');
}

/** The conversation below (1) or above (-1) in the side bar, going around at its ends; null: there is none. */
export function selectNeighbour(
  state: RootState,
  id: string | null,
  direction: 1 | -1,
  unreadOnly: boolean,
): string | null {
  const all = [...selectChannels(state), ...selectDirectMessages(state)].map((c) => c.conversationId);
  const start = id === null ? -1 : all.indexOf(id);
  for (let step = 1; step <= all.length; step += 1) {
    const at = start === -1 && direction === -1 ? all.length - step : start + step * direction;
    const candidate = all[((at % all.length) + all.length) % all.length];
    if (candidate === undefined || candidate === id) continue;
    if (!unreadOnly || selectUnreadCount(state, candidate) > 0) return candidate;
  }
  return null;
}
