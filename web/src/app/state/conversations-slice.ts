import { createSlice, type Draft, type PayloadAction } from '@reduxjs/toolkit';
import type { Channel, ConversationSummary, FoundChannel } from '../../../../core/contract/conversations.ts';
import type { Message } from '../../../../core/contract/messages.ts';
import { editIdOf, type MessageEdit, withEdit } from '../../../../core/domain/message-edit.ts';
import { BEGINNING, messageKey, type Position } from '../../lib/timeline/message-id.ts';
import {
  NOTHING_UNREAD,
  type Unread,
  unreadCount,
  withCounted,
  withHeard,
  withMarker,
} from '../../lib/timeline/unread.ts';
import { userLeft } from './session-slice.ts';

/** A channel or direct message that this page knows. */
export interface Conversation {
  readonly conversationId: string;
  readonly kind: 'channel' | 'direct';
  /** There for a channel. */
  readonly channel?: Channel | undefined;
  /** There for a direct message: the other one, or oneself in the notebook. */
  readonly peerId?: string | undefined;
  /** False: a public channel that is looked at without having joined. */
  readonly joined: boolean;
  readonly joinedAt?: string | undefined;
  readonly lastMessage?: Message | undefined;
  readonly unread: Unread;
}

export interface ConversationsState {
  readonly byId: Readonly<Record<string, Conversation>>;
  /** Counts joins and leaves; a list that was asked for before one of them does not undo it. */
  readonly changes: number;
  readonly changedAt: Readonly<Record<string, number>>;
  readonly listStatus: 'loading' | 'ready' | 'failed';
  readonly openId: string | null;
  /** What is about to be opened, as the address names it; whoever finds it later than something else leaves it. */
  readonly opening: string | null;
  /** The conversation that was open last, also from an earlier visit. */
  readonly lastOpenId: string | null;
  /** The timeline of the open conversation shows its newest message. */
  readonly atEnd: boolean;
  /** Whose timeline shows its newest message, open or about to be. */
  readonly endShownOf: string | null;
  /** Above which position the "New" line of the open conversation stands; null: there is none. */
  readonly newLine: Position | null;
}

const initialState = {
  byId: {},
  changes: 0,
  changedAt: {},
  listStatus: 'loading',
  openId: null,
  opening: null,
  lastOpenId: null,
  atEnd: false,
  endShownOf: null,
  newLine: null,
} as ConversationsState;

/** With what a summary says; what it leaves out (Cassandra is away) stays as it was. */
function withSummary(known: Conversation | undefined, summary: ConversationSummary): Conversation {
  const unread = known?.unread ?? NOTHING_UNREAD;
  const last = summary.lastMessage;
  return {
    conversationId: summary.conversationId,
    kind: summary.channel ? 'channel' : 'direct',
    channel: summary.channel ?? known?.channel,
    peerId: summary.peer?.userId ?? known?.peerId,
    joined: true,
    joinedAt: summary.joinedAt,
    lastMessage: newer(known?.lastMessage, last),
    unread:
      summary.unreadCount === undefined
        ? unread
        : withCounted(
            unread,
            last?.messageId ?? BEGINNING,
            summary.readMarker ?? BEGINNING,
            summary.unreadCount,
          ),
  };
}

function newer(known: Message | undefined, other: Message | undefined): Message | undefined {
  if (!known || !other) return known ?? other;
  if (other.messageId !== known.messageId) {
    if (isCopy(other, known)) return known;
    if (isCopy(known, other)) return other;
    return other.messageId > known.messageId ? other : known;
  }
  return editIdOf(other) > editIdOf(known) ? other : known;
}

/** Posted once more by a sender who was not told that the log had it: the first one counts. */
function isCopy(message: Message, of: Message): boolean {
  return message.messageId > of.messageId && messageKey(message) === messageKey(of);
}

const unreadOf = (state: ConversationsState, id: string): number => {
  const conversation = state.byId[id];
  return conversation ? unreadCount(conversation.unread) : 0;
};

const changedSince = (state: ConversationsState, id: string, asOf: number): boolean =>
  (state.changedAt[id] ?? 0) > asOf;

function markChanged(state: Draft<ConversationsState>, id: string): void {
  state.changes += 1;
  state.changedAt[id] = state.changes;
}

/** Forgets a conversation; the one on the screen stays to be looked at. */
function remove(state: Draft<ConversationsState>, id: string): void {
  const conversation = state.byId[id];
  if (conversation && state.openId === id) conversation.joined = false;
  else delete state.byId[id];
}

/** A channel that is only looked at is forgotten when it leaves the screen. */
function dropPreview(state: Draft<ConversationsState>): void {
  const open = state.openId === null ? undefined : state.byId[state.openId];
  if (open && !open.joined) delete state.byId[open.conversationId];
}

function drawNewLine(state: Draft<ConversationsState>, id: string): void {
  state.newLine = state.byId[id]?.unread.marker ?? null;
}

const slice = createSlice({
  name: 'conversations',
  initialState,
  reducers: {
    /** What this browser kept of the user's conversations; it shows until the server has answered. */
    conversationsRestored: (state, action: PayloadAction<readonly Conversation[]>) => {
      for (const conversation of action.payload) state.byId[conversation.conversationId] = conversation;
      if (action.payload.length > 0) state.listStatus = 'ready';
    },
    lastOpenRestored: (state, action: PayloadAction<string>) => {
      state.lastOpenId ??= action.payload;
    },
    /** `asOf`: the value of `changes` when the list was asked for. */
    conversationsReceived: (
      state,
      action: PayloadAction<{ conversations: readonly ConversationSummary[]; asOf: number }>,
    ) => {
      const { asOf } = action.payload;
      const listed = action.payload.conversations.filter(
        (summary) => !changedSince(state, summary.conversationId, asOf),
      );
      const ids = new Set(listed.map(({ conversationId }) => conversationId));
      for (const { conversationId, joined } of Object.values(state.byId)) {
        if (!ids.has(conversationId) && joined && !changedSince(state, conversationId, asOf))
          remove(state, conversationId);
      }
      const { openId } = state;
      const hadUnread = openId !== null && unreadOf(state, openId) > 0;
      for (const summary of listed) {
        state.byId[summary.conversationId] = withSummary(state.byId[summary.conversationId], summary);
      }
      if (openId !== null && !hadUnread && unreadOf(state, openId) > 0) drawNewLine(state, openId);
      state.listStatus = 'ready';
    },
    conversationsFailed: (state) => {
      if (state.listStatus === 'loading') state.listStatus = 'failed';
    },
    conversationReceived: (state, action: PayloadAction<ConversationSummary>) => {
      const id = action.payload.conversationId;
      markChanged(state, id);
      state.byId[id] = withSummary(state.byId[id], action.payload);
    },
    /** A channel that the user has not joined (or that this page has not heard of yet). */
    channelFound: (state, action: PayloadAction<FoundChannel>) => {
      const { joined, ...channel } = action.payload;
      const known = state.byId[channel.conversationId];
      state.byId[channel.conversationId] = {
        unread: NOTHING_UNREAD,
        ...known,
        conversationId: channel.conversationId,
        kind: 'channel',
        channel,
        joined: known?.joined || joined,
      };
    },
    conversationLeft: (state, action: PayloadAction<string>) => {
      markChanged(state, action.payload);
      remove(state, action.payload);
    },
    /** Messages of one conversation, from the socket or from its newest page. */
    messagesHeard: (
      state,
      action: PayloadAction<{
        conversationId: string;
        messages: readonly Message[];
        ownId: string;
        /** The window is visible and has the focus. */
        attended: boolean;
      }>,
    ) => {
      const { conversationId, messages, ownId, attended } = action.payload;
      const conversation = state.byId[conversationId];
      if (!conversation) return;
      const { lastMessage } = conversation;
      for (const message of messages) conversation.lastMessage = newer(conversation.lastMessage, message);
      if (!conversation.joined) return;
      const before = unreadCount(conversation.unread);
      // The server may have counted what comes again now, and of that this page knows the last message at least.
      const news = lastMessage ? messages.filter((message) => !isCopy(message, lastMessage)) : messages;
      conversation.unread = withHeard(conversation.unread, news, ownId);
      const beginsUnread = before === 0 && unreadCount(conversation.unread) > 0;
      if (beginsUnread && state.openId === conversationId && !(state.atEnd && attended)) {
        drawNewLine(state, conversationId);
      }
    },
    /** An edit was heard, maybe of the last message. */
    lastMessageEdited: (
      state,
      action: PayloadAction<{ conversationId: string; edits: readonly MessageEdit[] }>,
    ) => {
      const conversation = state.byId[action.payload.conversationId];
      if (!conversation?.lastMessage) return;
      conversation.lastMessage = action.payload.edits.reduce<Message>(withEdit, conversation.lastMessage);
    },
    readMarkerMoved: (
      state,
      action: PayloadAction<{ conversationId: string; messageId: string; passed: number }>,
    ) => {
      const { conversationId, messageId, passed } = action.payload;
      const conversation = state.byId[conversationId];
      if (conversation) {
        conversation.unread = withMarker(conversation.unread, messageId, passed);
      }
    },
    openingBegan: (state, action: PayloadAction<string>) => {
      state.opening = action.payload;
    },
    conversationOpened: (state, action: PayloadAction<string>) => {
      dropPreview(state);
      state.openId = action.payload;
      state.lastOpenId = action.payload;
      state.atEnd = state.endShownOf === action.payload;
      state.newLine = null;
      if (unreadOf(state, action.payload) > 0) drawNewLine(state, action.payload);
    },
    conversationClosed: (state) => {
      dropPreview(state);
      state.openId = null;
      state.opening = null;
      state.atEnd = false;
      state.newLine = null;
    },
    /** The timeline came to its newest message, or was scrolled away from it. */
    timelineAtEnd: (state, action: PayloadAction<{ conversationId: string; atEnd: boolean }>) => {
      // The timeline says so before the page that holds it opens the conversation: React lays children out first.
      const { conversationId, atEnd } = action.payload;
      if (atEnd) state.endShownOf = conversationId;
      else if (state.endShownOf === conversationId) state.endShownOf = null;
      state.atEnd = state.openId !== null && state.endShownOf === state.openId;
    },
  },
  extraReducers: (builder) => {
    builder.addCase(userLeft, () => initialState);
  },
});

export const {
  conversationsRestored,
  lastOpenRestored,
  conversationsReceived,
  conversationsFailed,
  conversationReceived,
  channelFound,
  conversationLeft,
  messagesHeard,
  lastMessageEdited,
  readMarkerMoved,
  openingBegan,
  conversationOpened,
  conversationClosed,
  timelineAtEnd,
} = slice.actions;
export const conversationsReducer = slice.reducer;
