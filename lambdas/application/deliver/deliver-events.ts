import type { PingMeEvent, SessionRevoked } from '../../../core/contract/events.ts';
import { type Audience, audiencesOf } from '../../../core/domain/audience.ts';
import { forEachConcurrently } from '../concurrency.ts';
import type { ConnectionPusher } from '../ports/connection-pusher.ts';
import type { Listener, LiveConnection, LiveConnections, Subscription } from '../ports/live-connections.ts';
import { framesOf } from './frames.ts';

export interface DeliveryOutcome {
  /** Events that reached a connection, counted per connection. */
  readonly delivered: number;
  readonly failed: number;
  readonly gone: number;
}

const AUDIENCES_AT_ONCE = 32;
const CONNECTIONS_AT_ONCE = 64;
const PUSH_TRIES = 3;
/**
 * API Gateway says "gone" of a connection whose `$connect` has not returned yet; that one is about to live. The function has 10 s,
 * and what is known of a connection's age is rounded.
 */
const CONNECTING_MS = 12_000;
/**
 * Subscriptions of connections that are gone, ended in one batch at most: thousands may end at once without a word, and nobody who
 * lives is to wait for that. The next push finds the others gone again.
 */
const ENDED_A_BATCH = 250;

interface Inbox {
  readonly connection: Listener;
  /** Those of its audiences that hear something here. */
  readonly audiences: Set<Audience>;
  readonly events: string[];
  /** Its session is revoked: it hears nothing after that. */
  ends: boolean;
}

/**
 * Pushes events to everybody who hears them: everything for one connection in as few frames as hold it, in order. A
 * connection that fails does not hold up the others; its client fills the gap from history.
 *
 * @throws {StoreUnavailableError} if it can't be read who listens; then nothing was pushed
 */
export async function deliverEvents(
  ports: { connections: LiveConnections; pusher: ConnectionPusher },
  events: readonly PingMeEvent[],
): Promise<DeliveryOutcome> {
  const listeners = await listenersOf(ports.connections, events);
  const inboxes = new Map<string, Inbox>();
  for (const event of events) {
    const serialised = serialisedByConcern(event);
    const hearers = new Set<Inbox>();
    for (const audience of audiencesOf(event)) {
      for (const connection of listeners.get(audience) ?? []) {
        if (event.type === 'session.revoked' && !isRevoked(event, connection)) continue;
        const { connectionId } = connection;
        const inbox = inboxes.get(connectionId) ?? {
          connection,
          audiences: new Set(),
          events: [],
          ends: false,
        };
        inboxes.set(connectionId, inbox);
        inbox.audiences.add(audience);
        hearers.add(inbox);
      }
    }
    for (const inbox of hearers) {
      if (!inbox.ends) inbox.events.push(serialised(inbox.connection));
      inbox.ends ||= event.type === 'session.revoked';
    }
  }

  const outcome = { delivered: 0, failed: 0, gone: 0 };
  const over: Subscription[] = [];
  await forEachConcurrently(inboxes.values(), CONNECTIONS_AT_ONCE, async (inbox) => {
    const { connection, audiences, events: serialised, ends } = inbox;
    const { connectionId, since } = connection;
    const result = await pushAll(ports.pusher, connectionId, framesOf(serialised));
    if (result === 'sent') outcome.delivered += serialised.length;
    if (result === 'failed') outcome.failed += 1;
    if (result === 'gone') outcome.gone += 1;
    if (ends) await ports.pusher.close(connectionId);
    const isConnecting = Date.now() - since < CONNECTING_MS;
    if (ends || (result === 'gone' && !isConnecting))
      over.push(...[...audiences].map((audience) => ({ connectionId, audience })));
  });
  // Best effort: what is left expires by itself, and the next push finds it gone again.
  await ports.connections.unsubscribe(over.slice(0, ENDED_A_BATCH)).catch(() => undefined);
  return outcome;
}

async function listenersOf(
  connections: LiveConnections,
  events: readonly PingMeEvent[],
): Promise<ReadonlyMap<Audience, readonly Listener[]>> {
  /** Whether it must be known who listens at this moment. */
  const audiences = new Map<Audience, boolean>();
  for (const event of events) {
    for (const audience of audiencesOf(event))
      audiences.set(audience, (audiences.get(audience) ?? false) || !isToldTwice(event));
  }
  const listeners = new Map<Audience, readonly Listener[]>();
  await forEachConcurrently(audiences, AUDIENCES_AT_ONCE, async ([audience, isFresh]) => {
    const found = isFresh
      ? await connections.listenersOf(audience)
      : await connections.recentListenersOf(audience);
    listeners.set(audience, found);
  });
  return listeners;
}

/** Whether somebody who is missed now is told of it once more, when it is stored. */
function isToldTwice(event: PingMeEvent): boolean {
  return event.type === 'message.posted' || event.type === 'message.edited';
}

/** The event as JSON, by who hears it: the row of a side bar is its owner's alone. */
function serialisedByConcern(event: PingMeEvent): (connection: LiveConnection) => string {
  const whole = JSON.stringify(event);
  if (event.type !== 'membership.changed' || event.conversation === undefined) return () => whole;
  const { conversation: _own, ...common } = event;
  const forOthers = JSON.stringify(common);
  return ({ userId }) => (userId === event.userId ? whole : forOthers);
}

function isRevoked(event: SessionRevoked, connection: LiveConnection): boolean {
  if (event.sessionId !== undefined) return connection.sessionId === event.sessionId;
  return connection.sessionId !== event.exceptSessionId;
}

async function pushAll(
  pusher: ConnectionPusher,
  connectionId: string,
  frames: readonly string[],
): Promise<'sent' | 'gone' | 'failed'> {
  for (const frame of frames) {
    let result: 'sent' | 'gone' | 'failed' = 'failed';
    for (let tries = 0; tries < PUSH_TRIES && result === 'failed'; tries += 1) {
      result = await pusher.push(connectionId, frame);
    }
    // The rest would arrive with a hole before it; the client reads all of it from history.
    if (result !== 'sent') return result;
  }
  return 'sent';
}
