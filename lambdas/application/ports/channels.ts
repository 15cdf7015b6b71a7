import type { Channel } from '../../../core/contract/conversations.ts';
import type { ChannelId, ChannelName } from '../../../core/contract/ids.ts';

/**
 * Channels by id and by name. A channel never changes once it is made. Every method throws StoreUnavailableError while
 * Cassandra is away.
 */
export interface Channels {
  find(channelId: ChannelId, options?: { timeoutMs?: number }): Promise<Channel | undefined>;
  findByName(name: ChannelName): Promise<Channel | undefined>;
  /** Channels whose name begins with `prefix` ('': all) and comes after `after`, in order of name. */
  list(query: { prefix: string; after: ChannelName | undefined; limit: number }): Promise<readonly Channel[]>;
  /** Writes what `find` finds. Idempotent. */
  record(channel: Channel): Promise<void>;
  /** Writes what `findByName` and `list` find. Idempotent. */
  publish(channel: Channel): Promise<void>;
}
