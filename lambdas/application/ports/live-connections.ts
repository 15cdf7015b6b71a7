import type { UserId } from '../../../core/contract/ids.ts';
import type { Audience } from '../../../core/domain/audience.ts';

/** A live WebSocket connection. */
export interface LiveConnection {
  readonly connectionId: string;
  readonly userId: UserId;
  readonly sessionId: string;
}

/** A live connection as one of its audiences knows it. */
export interface Listener extends LiveConnection {
  /** When it began to hear something, in ms since 1970; to the second. */
  readonly since: number;
}

/** That a connection hears an audience. */
export interface Subscription {
  readonly connectionId: string;
  readonly audience: Audience;
}

/**
 * Which connections hear which audience. Subscriptions expire by themselves some time after SOCKET_MAX_AGE_MS, since
 * `$disconnect` is best effort. Every method throws StoreUnavailableError while DynamoDB is away.
 */
export interface LiveConnections {
  /** Lets a connection hear the audiences. */
  subscribe(connection: LiveConnection, audiences: readonly Audience[]): Promise<void>;
  /** Lets all of the users' present connections hear the audience (after joining) … */
  subscribeUsers(userIds: readonly UserId[], audience: Audience): Promise<void>;
  /** … or no longer (after leaving). Once this resolves nothing that is read from then on names them. */
  unsubscribeUser(userId: UserId, audience: Audience): Promise<void>;
  /** Ends subscriptions; those that are not there are fine. */
  unsubscribe(subscriptions: readonly Subscription[]): Promise<void>;
  /** All connections of an audience, strongly consistent. */
  listenersOf(audience: Audience): Promise<readonly Listener[]>;
  /** All connections of an audience as they were at some moment of the last LISTENERS_REMEMBERED_MS. */
  recentListenersOf(audience: Audience): Promise<readonly Listener[]>;
}
