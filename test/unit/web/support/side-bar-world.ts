import { vi } from 'vitest';
import type { PingMeEvent } from '../../../../core/contract/events.ts';
import {
  selectChannels,
  selectConversation,
  selectDirectMessages,
  selectOpenConversationId,
  selectUnreadCount,
} from '../../../../web/src/app/state/conversations-selectors.ts';
import { timelineAtEnd } from '../../../../web/src/app/state/conversations-slice.ts';
import {
  closeConversation,
  joinChannel,
  leaveChannel,
  openChannelByName,
  openDirectMessageWith,
} from '../../../../web/src/app/state/conversations-thunks.ts';
import type { AppStore } from '../../../../web/src/app/store.ts';
import { ConversationList } from '../../../../web/src/app/sync/conversation-list.ts';
import { settle } from './settle.ts';
import { type Room, SideBarServer, type Topic } from './side-bar-server.ts';
import { openTab } from './tab.ts';
import { startWorld } from './world.ts';

export type SideBarStep =
  | { readonly kind: 'post'; readonly room: number; readonly own: boolean }
  /** `of`: which of the messages, from the newest on. */
  | { readonly kind: 'edit'; readonly room: number; readonly of: number }
  /** Only what the page has heard, unless `unheard` allows the others. */
  | { readonly kind: 'post again'; readonly room: number; readonly of: number; readonly unheard?: true }
  /** On another device. */
  | { readonly kind: 'read elsewhere'; readonly room: number; readonly of: number }
  | { readonly kind: 'store'; readonly room: number; readonly count: number }
  | { readonly kind: 'join elsewhere' | 'leave elsewhere'; readonly room: number }
  | { readonly kind: 'join' | 'leave' | 'open' | 'close'; readonly room: number }
  | { readonly kind: 'deliver' | 'deliver again' | 'lose'; readonly topic: Topic; readonly count: number }
  | { readonly kind: 'connect' | 'disconnect' | 'look' | 'look away' }
  | { readonly kind: 'cassandra'; readonly away: boolean }
  | { readonly kind: 'wait'; readonly ms: number };

/** What the side bar shows and goes by. */
export function sideBarOf({ getState }: Pick<AppStore, 'getState'>) {
  const state = getState();
  const row = (id: string) => ({
    joinedAt: selectConversation(state, id)?.joinedAt,
    lastMessage: selectConversation(state, id)?.lastMessage,
    marker: selectConversation(state, id)?.unread.marker,
    unread: selectUnreadCount(state, id),
  });
  return {
    channels: selectChannels(state).map(({ conversationId, channel }) => ({
      channel,
      ...row(conversationId),
    })),
    directMessages: selectDirectMessages(state).map(({ conversationId, peerId }) => ({
      peerId,
      ...row(conversationId),
    })),
  };
}

const advance = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms);
  await settle();
};

/** A page with a side bar of some conversations, at a service whose reads take these times, ms, one after the other. */
export async function startSideBar(latenciesMs: readonly number[]) {
  const server = new SideBarServer(
    { lobby: { joined: true }, random: { joined: false } },
    { deanne: { joined: true }, abe: { joined: false } },
  );
  let answers = 0;
  /** What is answered was so when it was asked for. */
  const inTime = <T>(answer: T): Promise<T> | T => {
    const ms = latenciesMs[answers % latenciesMs.length] ?? 0;
    answers += 1;
    return ms === 0 ? answer : new Promise((resolve) => setTimeout(() => resolve(answer), ms));
  };
  const roomOf = (channelId: string | undefined): Room => {
    const found = server.rooms.find(({ channel }) => channel?.channelId === channelId);
    if (!found) throw new Error(`There is no channel ${channelId}`);
    return found;
  };
  const world = await startWorld();
  const { store, runtime } = world;
  world.api
    .on('list-conversations', () => inTime(server.list()))
    .on('read-history', ({ params, query }) => {
      const { before, after, limit } = query as { before?: string; after?: string; limit: string };
      return inTime(server.history(params?.conversationId ?? '', { before, after, limit: Number(limit) }));
    })
    .on('move-read-marker', ({ params, body }) => {
      server.moveMarker(params?.conversationId ?? '', (body as { messageId: string }).messageId);
      return inTime(undefined);
    })
    .on('find-channels', ({ query }) => {
      const { name } = query as { name: string };
      const found = server.rooms.find(({ channel }) => channel?.name === name);
      return inTime({ channels: [{ ...found?.channel, joined: found?.joinedAt !== null }] });
    })
    .on('join-channel', ({ params }) => inTime(server.join(roomOf(params?.channelId))))
    .on('leave-channel', ({ params }) => inTime(server.leave(roomOf(params?.channelId))))
    .on('open-direct-message', ({ params }) => {
      const found = server.rooms.find(({ peerId }) => peerId === params?.userId);
      return found && inTime(server.join(found));
    });

  const delivered: Record<Topic, PingMeEvent[]> = { messages: [], signals: [] };
  const heardIds = new Set<string>();
  /** Something was not heard since the connection opened. */
  let hasHole = true;
  const hear = (events: readonly PingMeEvent[]) => {
    const heard = events.filter((event) => server.isHeard(event));
    if (heard.length === 0) return;
    if (!world.isHeard()) {
      hasHole = true;
      return;
    }
    for (const event of heard) if (event.type === 'message.posted') heardIds.add(event.messageId);
    world.push(...heard);
  };
  const deliver = (topic: Topic, count: number) => {
    const next = server.events[topic].splice(0, count);
    delivered[topic].push(...next);
    hear(next);
  };
  const connect = () => {
    if (world.socket()?.readyState !== WebSocket.CONNECTING) return;
    hasHole = false;
    world.socket()?.opens();
  };
  const open = async ({ channel, peerId = '' }: Room) => {
    const id = await store.dispatch(
      channel ? openChannelByName(channel.name) : openDirectMessageWith(peerId),
    );
    if (selectOpenConversationId(store.getState()) === id)
      store.dispatch(timelineAtEnd({ conversationId: id, atEnd: true }));
  };
  const look = (hasFocus: boolean) => {
    vi.mocked(document.hasFocus).mockReturnValue(hasFocus);
    window.dispatchEvent(new Event(hasFocus ? 'focus' : 'blur'));
  };

  const take = async (step: SideBarStep): Promise<void> => {
    const room = 'room' in step ? server.rooms[step.room % server.rooms.length] : undefined;
    const message =
      room && 'of' in step ? room.log.at(-1 - (step.of % Math.max(1, room.log.length))) : undefined;
    switch (step.kind) {
      case 'post':
        if (room && (!step.own || room.joinedAt !== null)) server.post(room, step.own ? 'me' : 'deanne');
        break;
      case 'post again':
        if (room && message && (step.unheard || heardIds.has(message.messageId)))
          server.postAgain(room, message);
        break;
      case 'edit':
        if (room && message) server.edit(room, message);
        break;
      case 'read elsewhere':
        if (room?.joinedAt && message) server.moveMarker(room.conversationId, message.messageId);
        break;
      case 'store':
        if (room) server.store(room, step.count);
        break;
      case 'join elsewhere':
        if (room) server.join(room);
        break;
      case 'leave elsewhere':
        if (room?.channel) server.leave(room);
        break;
      case 'join':
        if (room?.channel) void store.dispatch(joinChannel(room.channel.channelId));
        break;
      case 'leave':
        if (room?.channel) void store.dispatch(leaveChannel(room.channel.channelId));
        break;
      case 'open':
        if (room) void open(room);
        break;
      case 'close':
        store.dispatch(closeConversation());
        break;
      case 'deliver':
        deliver(step.topic, step.count);
        break;
      case 'deliver again':
        hear(delivered[step.topic].slice(-step.count));
        break;
      case 'lose':
        if (server.events[step.topic].length > 0) hasHole = true;
        delivered[step.topic].push(...server.events[step.topic].splice(0, step.count));
        break;
      case 'connect':
        connect();
        break;
      case 'disconnect':
        world.socket()?.breaks();
        break;
      case 'look':
        look(true);
        break;
      case 'look away':
        look(false);
        break;
      case 'cassandra':
        server.cassandraAway = step.away;
        break;
      default:
        await advance(step.ms);
    }
    await settle();
  };

  /** Everything is stored and delivered; what was lost is made good by a new connection, and by nothing else. */
  const recover = async (): Promise<void> => {
    server.cassandraAway = false;
    for (const room of server.rooms) server.store(room);
    if (hasHole) world.socket()?.breaks();
    for (let guard = 0; !world.isHeard() && guard < 60; guard += 1) {
      connect();
      if (!world.isHeard()) await advance(1_000);
    }
    for (let round = 0; round < 3; round += 1) {
      deliver('messages', Number.POSITIVE_INFINITY);
      deliver('signals', Number.POSITIVE_INFINITY);
      await advance(20_000);
    }
  };

  /** A page that is opened now and has read its list. */
  const freshPage = async (): Promise<AppStore> => {
    const tab = await openTab(world.api);
    await Promise.all([new ConversationList(tab.context).refresh(), advance(Math.max(...latenciesMs))]);
    tab.context.scope.end();
    tab.database.close();
    return tab.store;
  };

  return { store, take, recover, freshPage, stop: () => runtime.stop() };
}
