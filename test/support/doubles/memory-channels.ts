import type { Channel } from '../../../core/contract/conversations.ts';
import type { ChannelId, ChannelName } from '../../../core/contract/ids.ts';
import type { Channels } from '../../../lambdas/application/ports/channels.ts';

/** Channels in memory; the same suite runs against it and against Cassandra. */
export class MemoryChannels implements Channels {
  readonly #recorded = new Map<ChannelId, Channel>();
  readonly #published = new Map<ChannelName, Channel>();

  async find(channelId: ChannelId): Promise<Channel | undefined> {
    return this.#recorded.get(channelId);
  }

  async findByName(name: ChannelName): Promise<Channel | undefined> {
    return this.#published.get(name);
  }

  async list(query: {
    prefix: string;
    after: ChannelName | undefined;
    limit: number;
  }): Promise<readonly Channel[]> {
    const { prefix, after = '', limit } = query;
    return [...this.#published.values()]
      .filter(({ name }) => name.startsWith(prefix) && name > after)
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .slice(0, limit);
  }

  async record(channel: Channel): Promise<void> {
    this.#recorded.set(channel.channelId, channel);
  }

  async publish(channel: Channel): Promise<void> {
    this.#published.set(channel.name, channel);
  }
}
