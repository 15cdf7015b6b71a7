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
import type { Listener, Subscription } from '../../../lambdas/application/ports/live-connections.ts';
import { StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';
import { editedRecord, idOf, postedRecord, signalRecord } from '../../support/log-records.ts';

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
  listeners: Partial<Record<Audience, Listener[]>>,
  states: Record<string, 'gone' | 'failed'> = {},
) {
  const pushes: { connectionId: string; frame: string }[] = [];
  const closed: string[] = [];
  const unsubscribed: Subscription[] = [];
  const ports = {
    connections: {
      listenersOf: async (audience: Audience) => listeners[audience] ?? [],
      recentListenersOf: async (audience: Audience) => listeners[audience] ?? [],
      unsubscribe: async (subscriptions: readonly Subscription[]) => {
        unsubscribed.push(...subscriptions);
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
  return { ports, pushes, closed, unsubscribed, eventsFor };
}

/** One that has been there for a minute, unless it is said otherwise. */
const connection = (
  connectionId: string,
  userId = 'ada',
  sessionId = `session-${connectionId}`,
  since = Date.now() - 60_000,
): Listener => ({ connectionId, userId, sessionId, since });

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

  it('ends what a connection that is gone was to hear now, and delivers to the others', async () => {
    const { ports, unsubscribed, eventsFor } = world(
      {
        [conversationAudience(ROOM)]: [connection('dead'), connection('alive')],
        [userAudience('ada')]: [connection('dead')],
        [EVERYONE]: [connection('dead'), connection('alive')],
      },
      { dead: 'gone' },
    );
    const left: PingMeEvent = {
      type: 'membership.changed',
      conversationId: ROOM,
      userId: 'ada',
      change: 'left',
    };
    expect(await deliverEvents(ports, [posted(1), left])).toEqual({ delivered: 2, failed: 0, gone: 1 });
    expect(unsubscribed).toEqual([
      { connectionId: 'dead', audience: conversationAudience(ROOM) },
      { connectionId: 'dead', audience: userAudience('ada') },
    ]);
    expect(eventsFor('alive')).toHaveLength(2);
  });

  it('keeps a connection that may still be opening, which is called gone as well', async () => {
    const { ports, unsubscribed } = world(
      { [conversationAudience(ROOM)]: [connection('opening', 'ada', 's', Date.now() - 10_000)] },
      { opening: 'gone' },
    );
    expect(await deliverEvents(ports, [posted(1)])).toEqual({ delivered: 0, failed: 0, gone: 1 });
    expect(unsubscribed).toEqual([]);
  });

  it('leaves most of a thousand that are gone at once to the batches that come', async () => {
    const dead = Array.from({ length: 1_000 }, (_, index) => connection(`dead-${index}`));
    const { ports, unsubscribed, eventsFor } = world(
      { [conversationAudience(ROOM)]: [...dead, connection('alive')] },
      Object.fromEntries(dead.map(({ connectionId }) => [connectionId, 'gone' as const])),
    );
    expect(await deliverEvents(ports, [posted(1)])).toMatchObject({ delivered: 1, gone: 1_000 });
    expect(eventsFor('alive')).toHaveLength(1);
    expect(unsubscribed.length).toBeGreaterThan(0);
    expect(unsubscribed.length).toBeLessThanOrEqual(250);
  });

  it('delivers, though it can not be written down who is gone', async () => {
    const { ports } = world(
      { [conversationAudience(ROOM)]: [connection('dead'), connection('alive')] },
      { dead: 'gone' },
    );
    const away = {
      ...ports.connections,
      unsubscribe: () => Promise.reject(new StoreUnavailableError('dynamodb', 'away')),
    };
    const outcome = await deliverEvents({ ...ports, connections: away }, [posted(1)]);
    expect(outcome).toEqual({ delivered: 1, failed: 0, gone: 1 });
  });

  it('tries a failing push again, and does not forget the connection', async () => {
    const { ports, pushes, unsubscribed } = world(
      { [conversationAudience(ROOM)]: [connection('slow')] },
      { slow: 'failed' },
    );
    expect(await deliverEvents(ports, [posted(1)])).toEqual({ delivered: 0, failed: 1, gone: 0 });
    expect(pushes).toHaveLength(3);
    expect(unsubscribed).toEqual([]);
  });

  it('fails as a whole while nobody can say who listens, before anything was pushed', async () => {
    const { ports, pushes } = world({ [conversationAudience(ROOM)]: [connection('c1')] });
    const away = {
      ...ports.connections,
      listenersOf: () => Promise.reject(new StoreUnavailableError('dynamodb', 'away')),
      recentListenersOf: () => Promise.reject(new StoreUnavailableError('dynamodb', 'away')),
    };
    await expect(deliverEvents({ ...ports, connections: away }, [posted(1)])).rejects.toThrow(
      StoreUnavailableError,
    );
    expect(pushes).toEqual([]);
  });

  it('tells a revoked session, closes its socket and sends nothing afterwards; other sessions hear nothing of it', async () => {
    const { ports, closed, unsubscribed, eventsFor } = world({
      [userAudience('ada')]: [connection('c1', 'ada', 's1'), connection('c2', 'ada', 's2')],
      [conversationAudience(ROOM)]: [connection('c1', 'ada', 's1'), connection('c2', 'ada', 's2')],
    });
    const revoked: PingMeEvent = { type: 'session.revoked', userId: 'ada', sessionId: 's1' };
    await deliverEvents(ports, [posted(1), revoked, posted(2)]);
    expect(eventsFor('c1')).toEqual([posted(1), revoked]);
    expect(eventsFor('c2')).toEqual([posted(1), posted(2)]);
    expect(closed).toEqual(['c1']);
    expect(unsubscribed).toEqual([
      { connectionId: 'c1', audience: conversationAudience(ROOM) },
      { connectionId: 'c1', audience: userAudience('ada') },
    ]);
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

  it('passes an edit on as it comes, with its own place and time', () => {
    const timestamp = settings.now - 5;
    const record = editedRecord({
      conversationId: ROOM,
      offset: 9,
      messageId: idAt(3),
      sender: 'bob',
      timestamp,
    });
    expect(eventsOf([record], settings)).toEqual({
      events: [
        {
          type: 'message.edited',
          conversationId: ROOM,
          messageId: idAt(3),
          sender: 'bob',
          content: 'edited at 9',
          edit: { editId: idOf(record), editedAt: new Date(timestamp).toISOString() },
        },
      ],
      undecodable: 0,
      skipped: 0,
    });
  });

  it('names the edits older than a minute, and those announced as long ago, the newest of each message', () => {
    const old = settings.now - 61_000;
    const edits = [
      [5, 1],
      [6, 2],
      [7, 1],
    ].map(([offset = 0, of = 0]) =>
      editedRecord({ conversationId: ROOM, offset, messageId: idAt(of), timestamp: old }),
    );
    const announced = (edit: number, of: number): Signal => ({
      type: 'conversation.edited',
      conversationId: ROOM,
      edits: [{ messageId: idAt(of), editId: idAt(edit) }],
    });
    const signals = [signalRecord(announced(1, 2), 0, old), signalRecord(announced(9, 4), 1, settings.now)];
    const { events, skipped } = eventsOf([...edits, ...signals], settings);
    expect(skipped).toBe(3);
    expect(events).toEqual([
      announced(9, 4),
      {
        type: 'conversation.edited',
        conversationId: ROOM,
        edits: [
          { messageId: idAt(1), editId: idOf(edits[2]!) },
          { messageId: idAt(2), editId: idOf(edits[1]!) },
        ],
      },
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
