import type { UserId } from '../../../core/contract/ids.ts';
import { LISTENERS_REMEMBERED_MS } from '../../../core/contract/limits.ts';
import type { Audience } from '../../../core/domain/audience.ts';
import type {
  Listener,
  LiveConnection,
  LiveConnections,
  Subscription,
} from '../../application/ports/live-connections.ts';

/** From this age on a list is read again while it is still being used: whoever talks on never waits for it. */
const REFRESH_AFTER_MS = LISTENERS_REMEMBERED_MS / 2;
/** Longer lists are read each time: pushing to them takes so much longer than reading them. */
const LISTENERS_MAX = 200;
/** Lists at most; some 100 bytes a listener: 40 MB. */
const AUDIENCES_MAX = 2_000;

interface Remembered {
  readonly listeners: readonly Listener[];
  /** When it was asked for: what it leaves out may be as old as that. */
  readonly askedAt: number;
}

/** Live connections, with who listened a moment ago in memory for those who may be told that. */
export class RememberedListeners implements LiveConnections {
  readonly #connections: LiveConnections;
  readonly #now: () => number;
  /** Oldest first. */
  readonly #remembered = new Map<Audience, Remembered>();
  readonly #underWay = new Set<Audience>();

  /** @param now milliseconds of a clock that never steps back */
  constructor(connections: LiveConnections, now: () => number = () => performance.now()) {
    this.#connections = connections;
    this.#now = now;
  }

  async recentListenersOf(audience: Audience): Promise<readonly Listener[]> {
    const known = this.#inUse(audience);
    if (known === undefined) return this.#read(audience);
    if (this.#now() - known.askedAt >= REFRESH_AFTER_MS) void this.#refresh(audience);
    return known.listeners;
  }

  async listenersOf(audience: Audience): Promise<readonly Listener[]> {
    // What is in use is renewed: whoever joins is announced, and hears from then on what is posted.
    if (this.#inUse(audience) !== undefined) return this.#read(audience);
    return this.#connections.listenersOf(audience);
  }

  subscribe(connection: LiveConnection, audiences: readonly Audience[]): Promise<void> {
    return this.#connections.subscribe(connection, audiences);
  }

  subscribeUsers(userIds: readonly UserId[], audience: Audience): Promise<void> {
    return this.#connections.subscribeUsers(userIds, audience);
  }

  unsubscribeUser(userId: UserId, audience: Audience): Promise<void> {
    return this.#connections.unsubscribeUser(userId, audience);
  }

  unsubscribe(subscriptions: readonly Subscription[]): Promise<void> {
    return this.#connections.unsubscribe(subscriptions);
  }

  #inUse(audience: Audience): Remembered | undefined {
    const known = this.#remembered.get(audience);
    return known !== undefined && this.#now() - known.askedAt < LISTENERS_REMEMBERED_MS ? known : undefined;
  }

  async #read(audience: Audience): Promise<readonly Listener[]> {
    const askedAt = this.#now();
    const listeners = await this.#connections.listenersOf(audience);
    this.#remember(audience, { listeners, askedAt });
    return listeners;
  }

  /** Once at a time; what fails is noticed by whoever has to read it next. */
  async #refresh(audience: Audience): Promise<void> {
    if (this.#underWay.has(audience)) return;
    this.#underWay.add(audience);
    await this.#read(audience).catch(() => undefined);
    this.#underWay.delete(audience);
  }

  #remember(audience: Audience, read: Remembered): void {
    const known = this.#remembered.get(audience);
    // Two reads can overtake each other: the one that was asked for later counts.
    if (known !== undefined && known.askedAt > read.askedAt) return;
    this.#remembered.delete(audience);
    if (read.listeners.length > LISTENERS_MAX) return;
    this.#remembered.set(audience, read);
    const oldest = this.#remembered.keys().next().value;
    if (this.#remembered.size > AUDIENCES_MAX && oldest !== undefined) this.#remembered.delete(oldest);
  }
}
