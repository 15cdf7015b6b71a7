import type { Channel } from '../../../core/contract/conversations.ts';
import type { ChannelId, ChannelName } from '../../../core/contract/ids.ts';
import type { Channels } from '../../../lambdas/application/ports/channels.ts';
import { Outage } from './outage.ts';

/** Channels in memory; the same suite runs against it and against Cassandra. */
export class MemoryChannels implements Channels {
  readonly #recorded = new Map<ChannelId, Channel>();
  readonly #published = new Map<ChannelName, Channel>();
  readonly #outage: Outage;

  constructor(outage = new Outage('cassandra')) {
    this.#outage = outage;
  }

  async find(channelId: ChannelId): Promise<Channel | undefined> {
    this.#outage.pass();
    return this.#recorded.get(channelId);
  }

  async findByName(name: ChannelName): Promise<Channel | undefined> {
    this.#outage.pass();
    return this.#published.get(name);
  }

  async list(query: {
    prefix: string;
    after: ChannelName | undefined;
    limit: number;
  }): Promise<readonly Channel[]> {
    this.#outage.pass();
    const { prefix, after = '', limit } = query;
    return [...this.#published.values()]
      .filter(({ name }) => name.startsWith(prefix) && name > after)
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .slice(0, limit);
  }

  async record(channel: Channel): Promise<void> {
    this.#outage.pass();
    this.#recorded.set(channel.channelId, channel);
  }

  async publish(channel: Channel): Promise<void> {
    this.#outage.pass();
    this.#published.set(channel.name, channel);
  }
}
