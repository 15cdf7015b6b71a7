import { describe, expect, it } from 'vitest';
import { frameSchema, type PingMeEvent, type Signal } from '../../../core/contract/events.ts';
import { FRAME_MAX_BYTES } from '../../../core/contract/limits.ts';
import {
  type Audience,
  conversationAudience,
  EVERYONE,
  userAudience,
} from '../../../core/domain/audience.ts';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import { deliverEvents } from '../../../lambdas/application/deliver/deliver-events.ts';
import { eventsOf } from '../../../lambdas/application/deliver/events-of.ts';
import { framesOf } from '../../../lambdas/application/deliver/frames.ts';
import type { LiveConnection } from '../../../lambdas/application/ports/live-connections.ts';
import { StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';
import { postedRecord, signalRecord } from '../../support/log-records.ts';

const ROOM = 'channel:00000000-0000-4000-8000-00000000000a';
const idAt = (offset: number) =>
  messageIdOf({ generation: 0, partition: 0, offset: BigInt(offset), appendedAt: 1_700_000_000_000 });

const posted = (offset: number, conversationId = ROOM, content = `text ${offset}`): PingMeEvent => ({
  type: 'message.posted',
  messageId: idAt(offset),
  conversationId,
  sender: 'ada',
  nonce: `nonce--${offset}`,
  content,
  postedAt: '2023-11-14T22:13:20.000Z',
});

function world(
  listeners: Partial<Record<Audience, LiveConnection[]>>,
  states: Record<string, 'gone' | 'failed'> = {},
) {
  const pushes: { connectionId: string; frame: string }[] = [];
  const closed: string[] = [];
  const removed: string[] = [];
  const ports = {
    connections: {
      listenersOf: async (audience: Audience) => listeners[audience] ?? [],
      remove: async (connectionId: string, options?: { unlessYoungerThanMs?: number }) => {
        removed.push(
          options?.unlessYoungerThanMs === undefined ? connectionId : `${connectionId} unless connecting`,
        );
      },
      subscribe: () => Promise.reject(new Error('not here')),
      subscribeUsers: () => Promise.reject(new Error('not here')),
      unsubscribeUser: () => Promise.reject(new Error('not here')),
    },
    pusher: {
      push: async (connectionId: string, frame: string) => {
        pushes.push({ connectionId, frame });
        return states[connectionId] ?? ('sent' as const);
      },
      close: async (connectionId: string) => {
        closed.push(connectionId);
      },
    },
  };
  const eventsFor = (connectionId: string) =>
    pushes
      .filter((push) => push.connectionId === connectionId)
      .flatMap(({ frame }) => frameSchema.parse(JSON.parse(frame)).events);
  return { ports, pushes, closed, removed, eventsFor };
}

const connection = (
  connectionId: string,
  userId = 'ada',
  sessionId = `session-${connectionId}`,
): LiveConnection => ({
  connectionId,
  userId,
  sessionId,
});

describe('delivering events', () => {
  it('packs everything for one connection into one push, in order, each event once', async () => {
    const both = connection('c1');
    const { ports, pushes, eventsFor } = world({
      [conversationAudience(ROOM)]: [both, connection('c2', 'bob')],
      [userAudience('ada')]: [both],
      [EVERYONE]: [both],
    });
    const joined: PingMeEvent = {
      type: 'membership.changed',
      conversationId: ROOM,
      userId: 'ada',
      change: 'joined',
    };
    const outcome = await deliverEvents(ports, [posted(1), joined, posted(2)]);
    expect(pushes).toHaveLength(2);
    expect(eventsFor('c1')).toEqual([posted(1), joined, posted(2)]);
    expect(eventsFor('c2')).toEqual([posted(1), joined, posted(2)]);
    expect(outcome).toEqual({ delivered: 6, failed: 0, gone: 0 });
  });

  it('forgets a connection that is gone, and delivers to the others', async () => {
    const { ports, removed, eventsFor } = world(
      { [conversationAudience(ROOM)]: [connection('dead'), connection('alive')] },
      { dead: 'gone' },
    );
    expect(await deliverEvents(ports, [posted(1)])).toEqual({ delivered: 1, failed: 0, gone: 1 });
    expect(removed).toEqual(['dead unless connecting']);
    expect(eventsFor('alive')).toHaveLength(1);
  });

  it('tries a failing push again, and does not forget the connection', async () => {
    const { ports, pushes, removed } = world(
      { [conversationAudience(ROOM)]: [connection('slow')] },
      { slow: 'failed' },
    );
    expect(await deliverEvents(ports, [posted(1)])).toEqual({ delivered: 0, failed: 1, gone: 0 });
    expect(pushes).toHaveLength(3);
    expect(removed).toEqual([]);
  });

  it('fails as a whole while nobody can say who listens, before anything was pushed', async () => {
    const { ports, pushes } = world({ [conversationAudience(ROOM)]: [connection('c1')] });
    const away = {
      ...ports.connections,
      listenersOf: () => Promise.reject(new StoreUnavailableError('dynamodb', 'away')),
    };
    await expect(deliverEvents({ ...ports, connections: away }, [posted(1)])).rejects.toThrow(
      StoreUnavailableError,
    );
    expect(pushes).toEqual([]);
  });

  it('tells a revoked session, closes its socket and sends nothing afterwards; other sessions hear nothing of it', async () => {
    const { ports, closed, removed, eventsFor } = world({
      [userAudience('ada')]: [connection('c1', 'ada', 's1'), connection('c2', 'ada', 's2')],
      [conversationAudience(ROOM)]: [connection('c1', 'ada', 's1'), connection('c2', 'ada', 's2')],
    });
    const revoked: PingMeEvent = { type: 'session.revoked', userId: 'ada', sessionId: 's1' };
    await deliverEvents(ports, [posted(1), revoked, posted(2)]);
    expect(eventsFor('c1')).toEqual([posted(1), revoked]);
    expect(eventsFor('c2')).toEqual([posted(1), posted(2)]);
    expect(closed).toEqual(['c1']);
    expect(removed).toEqual(['c1']);
  });

  it('gives the row of a side bar to its owner alone', async () => {
    const { ports, eventsFor } = world({
      [conversationAudience(ROOM)]: [connection('c1'), connection('c2', 'bob')],
      [userAudience('ada')]: [connection('c1')],
    });
    const others: PingMeEvent = {
      type: 'membership.changed',
      conversationId: ROOM,
      userId: 'ada',
      change: 'joined',
    };
    const own: PingMeEvent = {
      ...others,
      conversation: { conversationId: ROOM, joinedAt: '2026-11-22T00:00:00.000Z' },
    };
    await deliverEvents(ports, [own]);
    expect(eventsFor('c1')).toEqual([own]);
    expect(eventsFor('c2')).toEqual([others]);
  });

  it('ends all sessions of a user but the excepted one', async () => {
    const { ports, closed } = world({
      [userAudience('ada')]: ['s1', 's2', 's3'].map((session) => connection(session, 'ada', session)),
    });
    await deliverEvents(ports, [{ type: 'session.revoked', userId: 'ada', exceptSessionId: 's2' }]);
    expect(closed.sort()).toEqual(['s1', 's3']);
  });
});

describe('frames', () => {
  it('hold as many events as fit 32 KB, in order', () => {
    const events = Array.from({ length: 30 }, (_, offset) =>
      JSON.stringify(posted(offset, ROOM, 'x'.repeat(3_000))),
    );
    const frames = framesOf(events);
    expect(frames.length).toBeGreaterThan(1);
    for (const frame of frames) expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(FRAME_MAX_BYTES);
    expect(frames.flatMap((frame) => JSON.parse(frame).events)).toEqual(
      events.map((event) => JSON.parse(event)),
    );
  });

  it('hold the worst message there is', () => {
    const worst = JSON.stringify(posted(1, `dm:${'a'.repeat(32)}:${'b'.repeat(32)}`, '\u0001'.repeat(4_000)));
    expect(framesOf([worst]).every((frame) => Buffer.byteLength(frame) <= FRAME_MAX_BYTES)).toBe(true);
  });

  it('of nothing are none', () => {
    expect(framesOf([])).toEqual([]);
  });
});

describe('what records mean to live connections', () => {
  const settings = { messagesTopic: 'messages', generation: 0, now: 1_700_000_100_000 };

  it('makes the same id of a record as everybody else', () => {
    const record = postedRecord({
      conversationId: ROOM,
      offset: 7,
      nonce: 'nonce--7',
      timestamp: settings.now - 5,
    });
    const { events } = eventsOf([record], settings);
    expect(events).toMatchObject([
      {
        type: 'message.posted',
        messageId: messageIdOf({ generation: 0, partition: 0, offset: 7n, appendedAt: settings.now - 5 }),
      },
    ]);
  });

  it('joins messages older than a minute into one skipped range per conversation, after the fresh ones', () => {
    const records = [1, 2, 3].map((offset) =>
      postedRecord({
        conversationId: ROOM,
        offset,
        nonce: `nonce--${offset}`,
        timestamp: settings.now - 61_000,
      }),
    );
    const fresh = postedRecord({
      conversationId: ROOM,
      offset: 4,
      nonce: 'nonce--4',
      timestamp: settings.now - 59_000,
    });
    const { events, skipped } = eventsOf([...records, fresh], settings);
    expect(skipped).toBe(3);
    expect(events.map(({ type }) => type)).toEqual(['message.posted', 'conversation.skipped']);
    const idOf = (offset: number) =>
      messageIdOf({
        generation: 0,
        partition: 0,
        offset: BigInt(offset),
        appendedAt: settings.now - 61_000,
      });
    expect(events[1]).toEqual({
      type: 'conversation.skipped',
      conversationId: ROOM,
      first: idOf(1),
      through: idOf(3),
      count: 3,
    });
  });

  it('says stored only of what the store function announced, however old the announcement is', () => {
    const old = settings.now - 61_000;
    const posted = postedRecord({ conversationId: ROOM, offset: 1, nonce: 'nonce--1', timestamp: old });
    const range = (first: number, through: number): Signal => ({
      type: 'conversation.stored',
      conversationId: ROOM,
      first: idAt(first),
      through: idAt(through),
      count: through - first + 1,
    });
    const announced = [range(5, 6), range(7, 9)].map((signal, offset) => signalRecord(signal, offset, old));
    const { events, skipped } = eventsOf([posted, ...announced], settings);
    expect(skipped).toBe(1);
    expect(events).toEqual([
      expect.objectContaining({ type: 'conversation.skipped', count: 1 }),
      { ...range(5, 9), count: 5 },
    ]);
  });

  it('counts what it can not decode and goes on', () => {
    const broken = {
      ...postedRecord({ conversationId: ROOM, offset: 1, nonce: 'nonce--1' }),
      value: Buffer.from('no'),
    };
    expect(eventsOf([broken], settings)).toEqual({ events: [], undecodable: 1, skipped: 0 });
  });
});
