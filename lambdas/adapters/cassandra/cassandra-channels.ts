import type { Channel } from '../../../core/contract/conversations.ts';
import type { ChannelId, ChannelName } from '../../../core/contract/ids.ts';
import { channelConversationId } from '../../../core/domain/conversation.ts';
import type { Channels } from '../../application/ports/channels.ts';
import type { Cassandra, Row } from './cassandra.ts';

const COLUMNS = 'channel_id, name, topic, created_by, created_at';
/** Names stand in the partitions of their first 0 to 3 characters: longer searches begin in a partition of few names. */
const PREFIX_MAX_LENGTH = 3;
/** Sorts before every character of a channel name, the least of which is "-": no name stands between. */
const RIGHT_AFTER = '!';
/** Sorts after every character of a channel name, the greatest of which is "z". */
const AFTER_ALL_NAMES = '~';

/** Stands in for the empty prefix, which Cassandra takes for no key at all. No name has it in it. */
const NO_PREFIX = '*';

/** Channels in Cassandra. A topic or creator that is not there is an empty text, since a null would be a tombstone. */
export class CassandraChannels implements Channels {
  readonly #cassandra: Cassandra;

  constructor(cassandra: Cassandra) {
    this.#cassandra = cassandra;
  }

  async find(channelId: ChannelId, options: { timeoutMs?: number } = {}): Promise<Channel | undefined> {
    const cql = `SELECT ${COLUMNS} FROM channels_by_id WHERE channel_id = ?`;
    const [row] = await this.#cassandra.execute(cql, [channelId], options);
    return row === undefined ? undefined : channelOf(row);
  }

  async findByName(name: ChannelName): Promise<Channel | undefined> {
    const cql = `SELECT ${COLUMNS} FROM channels_by_name_prefix WHERE prefix = ? AND name = ?`;
    const [row] = await this.#cassandra.execute(cql, [partitionOf(name), name]);
    return row === undefined ? undefined : channelOf(row);
  }

  async list(query: {
    prefix: string;
    after: ChannelName | undefined;
    limit: number;
  }): Promise<readonly Channel[]> {
    const { prefix, after, limit } = query;
    const first = after === undefined || after < prefix ? prefix : after + RIGHT_AFTER;
    const rows = await this.#cassandra.execute(
      `SELECT ${COLUMNS} FROM channels_by_name_prefix WHERE prefix = ? AND name >= ? AND name < ? LIMIT ?`,
      [partitionOf(prefix), first, prefix + AFTER_ALL_NAMES, limit],
    );
    return rows.map(channelOf);
  }

  async record(channel: Channel): Promise<void> {
    await this.#cassandra.execute(
      'INSERT INTO channels_by_id (channel_id, name, topic, created_by, created_at) VALUES (?, ?, ?, ?, ?)',
      valuesOf(channel),
    );
  }

  async publish(channel: Channel): Promise<void> {
    const cql =
      'INSERT INTO channels_by_name_prefix (prefix, channel_id, name, topic, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?)';
    const writes = [...partitionsOf(channel.name)].map((prefix) =>
      this.#cassandra.execute(cql, [prefix, ...valuesOf(channel)]),
    );
    await Promise.all(writes);
  }
}

/** The partition that holds all names with this beginning, and the fewest others. */
function partitionOf(beginning: string): string {
  return beginning.slice(0, PREFIX_MAX_LENGTH) || NO_PREFIX;
}

function partitionsOf(name: ChannelName): Set<string> {
  const lengths = Array.from({ length: PREFIX_MAX_LENGTH + 1 }, (_, length) => length);
  return new Set(lengths.map((length) => partitionOf(name.slice(0, length))));
}

function valuesOf({ channelId, name, topic, createdBy, createdAt }: Channel) {
  return [channelId, name, topic ?? '', createdBy ?? '', new Date(createdAt)] as const;
}

function channelOf(row: Row): Channel {
  const channelId = row.channel_id as string;
  const topic = row.topic as string;
  const createdBy = row.created_by as string;
  return {
    channelId,
    conversationId: channelConversationId(channelId),
    name: row.name as string,
    ...(topic === '' ? {} : { topic }),
    ...(createdBy === '' ? {} : { createdBy }),
    createdAt: (row.created_at as Date).toISOString(),
  };
}
