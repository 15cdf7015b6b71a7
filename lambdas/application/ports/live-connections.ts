import type { UserId } from '../../../core/contract/ids.ts';
import type { Audience } from '../../../core/domain/audience.ts';

/** A live WebSocket connection. */
export interface LiveConnection {
  readonly connectionId: string;
  readonly userId: UserId;
  readonly sessionId: string;
}

/**
 * Which connections hear which audience. All items of a connection expire by themselves some time after
 * SOCKET_MAX_AGE_MS, since `$disconnect` is best effort. Every method throws StoreUnavailableError while DynamoDB is away.
 */
export interface LiveConnections {
  /** Lets a connection hear the audiences. */
  subscribe(connection: LiveConnection, audiences: readonly Audience[]): Promise<void>;
  /** Lets all of the users' present connections hear the audience (after joining) … */
  subscribeUsers(userIds: readonly UserId[], audience: Audience): Promise<void>;
  /** … or no longer (after leaving). Once this resolves nothing that is read from then on names them. */
  unsubscribeUser(userId: UserId, audience: Audience): Promise<void>;
  /**
   * Forgets a connection and all its audiences. With `unlessYoungerThanMs` one that was subscribed lately stays: API
   * Gateway answers 410 (gone) for a connection whose `$connect` still runs, too.
   */
  remove(connectionId: string, options?: { unlessYoungerThanMs?: number }): Promise<void>;
  /** All connections of an audience, strongly consistent. */
  listenersOf(audience: Audience): Promise<readonly LiveConnection[]>;
}
