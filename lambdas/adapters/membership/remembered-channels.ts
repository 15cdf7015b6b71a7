import type { Channel } from '../../../core/contract/conversations.ts';
import type { ChannelId, ChannelName } from '../../../core/contract/ids.ts';
import type { Channels } from '../../application/ports/channels.ts';
import { BoundedMemory } from './bounded-memory.ts';

/** Some 500 bytes each at most: 5 MB. */
const MAX_CHANNELS = 10_000;

/** Channels that keep what they found by id: a channel never changes, and every list of conversations names many. */
export class RememberedChannels implements Channels {
  readonly #channels: Channels;
  readonly #found = new BoundedMemory<ChannelId, Channel>({
    maxEntries: MAX_CHANNELS,
    lifetimeMs: Number.POSITIVE_INFINITY,
  });

  constructor(channels: Channels) {
    this.#channels = channels;
  }

  async find(channelId: ChannelId, options?: { timeoutMs?: number }): Promise<Channel | undefined> {
    const remembered = this.#found.get(channelId);
    if (remembered !== undefined) return remembered;
    const channel = await this.#channels.find(channelId, options);
    if (channel !== undefined) this.#found.set(channelId, channel);
    return channel;
  }

  findByName(name: ChannelName): Promise<Channel | undefined> {
    return this.#channels.findByName(name);
  }

  list(query: {
    prefix: string;
    after: ChannelName | undefined;
    limit: number;
  }): Promise<readonly Channel[]> {
    return this.#channels.list(query);
  }

  async record(channel: Channel): Promise<void> {
    await this.#channels.record(channel);
    // One that is recorded again never got through the first time, and its topic may be another by now.
    this.#found.set(channel.channelId, channel);
  }

  publish(channel: Channel): Promise<void> {
    return this.#channels.publish(channel);
  }
}
