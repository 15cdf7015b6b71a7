import type { Channel, ConversationSummary } from '../../../../core/contract/conversations.ts';
import type { PingMeEvent } from '../../../../core/contract/events.ts';
import { UNREAD_COUNT_MAX } from '../../../../core/contract/limits.ts';
import type { Message } from '../../../../core/contract/messages.ts';
import { channelConversationId, directConversationId } from '../../../../core/domain/conversation.ts';
import { type MessageEdit, versionOf } from '../../../../core/domain/message-edit.ts';
import { type PageQuery, pageOf } from './history-server.ts';
import { editAt, messageAt } from './messages.ts';
import { ME } from './tab.ts';

/** A conversation as the service holds it, and what one user has to do with it. */
export interface Room {
  readonly conversationId: string;
  readonly channel?: Channel;
  readonly peerId?: string;
  /** The log: what was posted, copies among it, and what was edited. */
  readonly log: Message[];
  readonly edits: MessageEdit[];
  /** Records up to here are in history. */
  storedThrough: string;
  marker: string;
  /** ISO 8601; null: the user is not in it. */
  joinedAt: string | null;
}

export type Topic = 'messages' | 'signals';

/** Everything from the log and from history, however small the pages of the service are. */
const ALL = 1_000_000;

/** The conversations of one user with their log, history, memberships and read markers, and the events of all that. */
export class SideBarServer {
  readonly rooms: readonly Room[];
  /** What is still to be delivered, in the order of its topic. */
  readonly events: Readonly<Record<Topic, PingMeEvent[]>> = { messages: [], signals: [] };
  /** Summaries lack what only Cassandra knows. */
  cassandraAway = false;
  #clock = 0;

  /** The user is in those of the channels, and has those of the direct messages, that are `joined`. */
  constructor(
    channels: Readonly<Record<string, { joined: boolean }>>,
    peers: Readonly<Record<string, { joined: boolean }>>,
  ) {
    const room = ({ joined }: { joined: boolean }) => ({
      log: [],
      edits: [],
      storedThrough: '',
      marker: '',
      joinedAt: joined ? this.#now() : null,
    });
    const ofChannels = Object.entries(channels).map(([name, given], at): Room => {
      const channelId = `00000000-0000-4000-8000-00000000000${at + 1}`;
      const conversationId = channelConversationId(channelId);
      const channel = { channelId, conversationId, name, createdAt: this.#now() };
      return { conversationId, channel, ...room(given) };
    });
    const ofPeers = Object.entries(peers).map(([peerId, given]): Room => {
      return { conversationId: directConversationId(peerId, ME.userId), peerId, ...room(given) };
    });
    this.rooms = [...ofChannels, ...ofPeers];
  }

  room(conversationId: string): Room | undefined {
    return this.rooms.find((room) => room.conversationId === conversationId);
  }

  post(room: Room, sender: string): void {
    this.#clock += 1;
    this.#append(room, messageAt(this.#clock, sender));
  }

  /** A sender did not hear that the log has its message, and posts it again. */
  postAgain(room: Room, { sender, nonce }: Message): void {
    this.#clock += 1;
    this.#append(room, messageAt(this.#clock, sender, nonce));
  }

  edit(room: Room, message: Message): void {
    this.#clock += 1;
    const edit = editAt(this.#clock, message);
    room.edits.push(edit);
    this.events.messages.push({
      type: 'message.edited',
      conversationId: room.conversationId,
      messageId: edit.messageId,
      sender: edit.sender,
      content: edit.content,
      edit: edit.edit,
    });
  }

  /** Puts the next `count` records of a conversation into history and reports what is new there. */
  store(room: Room, count = ALL): void {
    const { conversationId } = room;
    const before = new Map(this.#stored(room).map((message) => [message.messageId, message]));
    const records = [
      ...room.log.map(({ messageId }) => messageId),
      ...room.edits.map(({ edit }) => edit.editId),
    ].sort();
    const waiting = records.filter((id) => id > room.storedThrough);
    room.storedThrough = waiting.slice(0, count).at(-1) ?? room.storedThrough;
    const after = this.#stored(room);
    const added = after.filter(({ messageId }) => !before.has(messageId)).map(({ messageId }) => messageId);
    const [first] = added;
    const through = added.at(-1);
    if (first && through) {
      this.events.signals.push({
        type: 'conversation.stored',
        conversationId,
        first,
        through,
        count: added.length,
      });
    }
    const edits = after
      .filter(
        (message) =>
          message.edit && versionOf(message) !== versionOf(before.get(message.messageId) ?? message),
      )
      .map((message) => ({ messageId: message.messageId, editId: versionOf(message) }));
    if (edits.length > 0) this.events.signals.push({ type: 'conversation.edited', conversationId, edits });
  }

  moveMarker(conversationId: string, messageId: string): void {
    const room = this.room(conversationId);
    if (!room || room.marker >= messageId) return;
    room.marker = messageId;
    this.events.signals.push({ type: 'read-marker.moved', conversationId, userId: ME.userId, messageId });
  }

  /** Gives the row of the side bar. Whoever comes to a channel has read all of it; joining again changes nothing. */
  join(room: Room): ConversationSummary {
    if (room.joinedAt !== null) return this.#summary(room, room.joinedAt);
    const head = this.#stored(room).at(-1)?.messageId ?? '';
    if (room.channel && head > room.marker) room.marker = head;
    const joinedAt = this.#now();
    room.joinedAt = joinedAt;
    const conversation = this.#summary(room, joinedAt);
    this.#membershipChanged(room, { change: 'joined', conversation });
    return conversation;
  }

  leave(room: Room): void {
    if (room.joinedAt === null) return;
    room.joinedAt = null;
    this.#membershipChanged(room, { change: 'left' });
  }

  list(): { conversations: ConversationSummary[]; catchingUp: boolean } {
    const conversations = this.rooms.flatMap((room) =>
      room.joinedAt === null ? [] : [this.#summary(room, room.joinedAt)],
    );
    if (!this.cassandraAway) return { conversations, catchingUp: false };
    const bare = conversations.map(({ lastMessage: _, readMarker: _m, unreadCount: _c, ...rest }) => rest);
    return { conversations: bare, catchingUp: true };
  }

  history(conversationId: string, query: PageQuery) {
    const { log, storedThrough, edits } = this.room(conversationId) ?? {
      log: [],
      storedThrough: '',
      edits: [],
    };
    return pageOf(log, storedThrough, query, edits);
  }

  /** Whether the user's connections hear that event now. */
  isHeard(event: PingMeEvent): boolean {
    const isOwn = 'userId' in event && event.userId === ME.userId;
    return isOwn || ('conversationId' in event && this.room(event.conversationId)?.joinedAt !== null);
  }

  #membershipChanged(
    { conversationId }: Room,
    change: { change: 'joined' | 'left'; conversation?: ConversationSummary },
  ): void {
    this.events.signals.push({ type: 'membership.changed', conversationId, userId: ME.userId, ...change });
  }

  #append(room: Room, record: Message): void {
    const message = { ...record, conversationId: room.conversationId };
    room.log.push(message);
    this.events.messages.push({ type: 'message.posted', ...message });
  }

  #stored({ log, storedThrough, edits }: Room): readonly Message[] {
    return pageOf(log, storedThrough, { limit: ALL }, edits).messages;
  }

  #summary(room: Room, joinedAt: string): ConversationSummary {
    const { conversationId, channel, peerId, marker } = room;
    const stored = this.#stored(room);
    const last = stored.at(-1);
    const unread = stored.filter(({ messageId, sender }) => messageId > marker && sender !== ME.userId);
    return {
      conversationId,
      ...(channel ? { channel } : {}),
      ...(peerId ? { peer: { userId: peerId, firstName: peerId, lastName: '' } } : {}),
      joinedAt,
      ...(last ? { lastMessage: last } : {}),
      ...(marker ? { readMarker: marker } : {}),
      unreadCount: Math.min(UNREAD_COUNT_MAX, unread.length),
    };
  }

  /** ISO 8601, of the same clock as the log's append times. */
  #now(): string {
    this.#clock += 1;
    return messageAt(this.#clock).postedAt;
  }
}
