import type { Signal } from '../../../core/contract/events.ts';
import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';
import type { Profile } from '../../../core/contract/users.ts';
import { conversationAudience, userAudience } from '../../../core/domain/audience.ts';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import { ensureGeneral } from '../../../lambdas/application/conversations/ensure-general.ts';
import type { LogProgress } from '../../../lambdas/application/ports/log-progress.ts';
import type { Profiles } from '../../../lambdas/application/ports/profiles.ts';
import type { SignalLog } from '../../../lambdas/application/ports/signal-log.ts';
import { StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';
import { InterruptedStore } from '../../support/doubles/interrupted-store.ts';
import { MemoryChannels } from '../../support/doubles/memory-channels.ts';
import { MemoryClaims } from '../../support/doubles/memory-claims.ts';
import { MemoryLiveConnections } from '../../support/doubles/memory-live-connections.ts';
import { MemoryMembershipCopy } from '../../support/doubles/memory-membership-copy.ts';
import { MemoryMembershipStore } from '../../support/doubles/memory-membership-store.ts';
import { MemoryMessageStore } from '../../support/doubles/memory-message-store.ts';
import { MemoryReadMarkers } from '../../support/doubles/memory-read-markers.ts';
import { MemoryStoredMessages } from '../../support/doubles/memory-stored-messages.ts';

/** Everything that conversations touch, in memory, and what went out of it. `truth`, `copied` … see past interruptions. */
export function makeWorld() {
  const cassandra = new InterruptedStore('cassandra');
  const dynamodb = new InterruptedStore('dynamodb');
  const kafka = new InterruptedStore('kafka');
  const truth = new MemoryMembershipStore();
  const copied = new MemoryMembershipCopy();
  const listening = new MemoryLiveConnections();
  const marked = new MemoryReadMarkers();
  const named = new MemoryChannels();
  const messages = new MemoryMessageStore();
  const stored = new MemoryStoredMessages(messages);
  const people = new Map<UserId, Profile>();
  const signals: Signal[] = [];
  let storeIsBehind = false;

  const profiles: Profiles = {
    profilesOf: async (userIds) =>
      new Map(userIds.flatMap((userId) => [...people].filter(([known]) => known === userId))),
  };
  const signalLog: SignalLog = {
    announce: async (announced) => {
      signals.push(...announced);
    },
  };
  const logProgress: LogProgress = {
    note: async () => undefined,
    isStoreBehind: async () => storeIsBehind,
  };

  return {
    cassandra,
    dynamodb,
    kafka,
    truth,
    copied,
    listening,
    marked,
    messages,
    people,
    signals,
    ports: {
      memberships: cassandra.over(truth),
      copy: dynamodb.over(copied),
      live: dynamodb.over(listening),
      readMarkers: cassandra.over(marked),
      channels: cassandra.over(named),
      claims: cassandra.over(new MemoryClaims()),
      heads: cassandra.over(stored),
      unread: cassandra.over(stored),
      profiles,
      logProgress,
      signalLog: kafka.over(signalLog),
      untilForgotten: async () => undefined,
    },
    storeFallsBehind: () => {
      storeIsBehind = true;
    },
    /** Adds a user that is known everywhere. */
    meet: (userId: UserId, firstName = userId) => {
      people.set(userId, { userId, firstName, lastName: 'Person' });
      return userId;
    },
    /** Opens a connection that hears its user, as `connect` does first of all. */
    connect: async (userId: UserId, connectionId = `connection-of-${userId}`) => {
      await listening.subscribe({ connectionId, userId, sessionId: 'session' }, [userAudience(userId)]);
    },
    hears: async (userId: UserId, conversationId: ConversationId) => {
      const listeners = await listening.listenersOf(conversationAudience(conversationId));
      return listeners.some((listener) => listener.userId === userId);
    },
    /** Stores a message, as the store function does. */
    store: async (conversationId: ConversationId, offset: number, sender: UserId) => {
      const message = messageAt(conversationId, offset, sender);
      if (messages.heads.get(conversationId) === undefined) {
        const firstId = message.messageId;
        await messages.openBucket(conversationId, { number: 0, firstId, count: 0, throughId: '' });
      }
      await messages.writeMessages(conversationId, 0, [message]);
      await messages.writeOverview(conversationId, { buckets: [], head: message });
      return message;
    },
  };
}

export type World = ReturnType<typeof makeWorld>;

/** A world as the set-up leaves it. */
export async function makeWorldWithGeneral(): Promise<World> {
  const world = makeWorld();
  await ensureGeneral(world.ports);
  return world;
}

/** One time for all of them, so that an offset always makes the same id. */
const APPENDED_AT = Date.now();

export function idAt(offset: number) {
  return messageIdOf({ generation: 0, partition: 0, offset: BigInt(offset), appendedAt: APPENDED_AT });
}

export function messageAt(conversationId: ConversationId, offset: number, sender: UserId): Message {
  return {
    messageId: idAt(offset),
    conversationId,
    sender,
    nonce: `nonce-no-${offset}`,
    content: `message ${offset}`,
    postedAt: new Date().toISOString(),
  };
}

/** A store of which the world can do without: its methods all fail. */
export function awayProfiles(known: ReadonlyMap<UserId, Profile>): Profiles {
  return {
    profilesOf: async (userIds) => {
      if (userIds.some((userId) => !known.has(userId))) throw new StoreUnavailableError('cassandra', 'away');
      return new Map([...known].filter(([userId]) => userIds.includes(userId)));
    },
  };
}
