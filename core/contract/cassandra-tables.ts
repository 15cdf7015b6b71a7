/**
 * The tables of Cassandra and Amazon Keyspaces, once, as data: the set-up function renders CQL from it, the stacks
 * render Keyspaces resources. Query-first: each table answers the queries named beside it.
 */
export type CqlType = 'text' | 'int' | 'bigint' | 'timestamp' | 'uuid' | 'boolean';

export interface CassandraTableDeclaration {
  readonly partitionKey: readonly string[];
  readonly clusteringColumns?: readonly { readonly name: string; readonly order: 'ASC' | 'DESC' }[];
  readonly columns: Readonly<Record<string, CqlType>>;
  /** Rows of this table are written with a TTL of their own; nothing else ever expires. */
  readonly rowsExpire?: true;
}

/** Twenty years, its maximum: Keyspaces wants a table to have a default TTL before rows may have one of their own. */
export const KEYSPACES_TTL_SECONDS = 630_720_000;

/** A claim is written by LWT only, with the id of the attempt, and expires unless it is confirmed. */
const claim = (name: string): CassandraTableDeclaration => ({
  partitionKey: [name],
  columns: { [name]: 'text', owner: 'text', attempt_id: 'text', confirmed: 'boolean' },
  rowsExpire: true,
});

export const CASSANDRA_TABLES = {
  users_by_id: {
    partitionKey: ['user_id'],
    columns: {
      user_id: 'text',
      email_id: 'text',
      first_name: 'text',
      last_name: 'text',
      password_hash: 'text',
      avatar: 'text',
      created_at: 'timestamp',
    },
  },
  user_id_claims: claim('user_id'),
  email_claims: claim('email_id'),
  channel_name_claims: claim('channel_name'),
  /** Search by the beginning of user id, first or last name, in lower case: one partition for each 1 to 3 characters. */
  users_by_name_prefix: {
    partitionKey: ['prefix'],
    clusteringColumns: [
      { name: 'name', order: 'ASC' },
      { name: 'user_id', order: 'ASC' },
    ],
    columns: {
      prefix: 'text',
      name: 'text',
      user_id: 'text',
      first_name: 'text',
      last_name: 'text',
      avatar: 'text',
    },
  },
  /** Browse and search channels: the prefix `*` holds all of them (Cassandra takes no empty partition key). */
  channels_by_name_prefix: {
    partitionKey: ['prefix'],
    clusteringColumns: [
      { name: 'name', order: 'ASC' },
      { name: 'channel_id', order: 'ASC' },
    ],
    columns: {
      prefix: 'text',
      name: 'text',
      channel_id: 'text',
      topic: 'text',
      created_by: 'text',
      created_at: 'timestamp',
    },
  },
  channels_by_id: {
    partitionKey: ['channel_id'],
    columns: { channel_id: 'text', name: 'text', topic: 'text', created_by: 'text', created_at: 'timestamp' },
  },
  /** Memberships, from both sides. `version` (ms of the change) decides which of two copies is newer. */
  conversations_by_user: {
    partitionKey: ['user_id'],
    clusteringColumns: [{ name: 'conversation_id', order: 'ASC' }],
    columns: {
      user_id: 'text',
      conversation_id: 'text',
      joined_at: 'timestamp',
      left_at: 'timestamp',
      version: 'bigint',
    },
  },
  members_by_conversation: {
    partitionKey: ['conversation_id'],
    clusteringColumns: [{ name: 'user_id', order: 'ASC' }],
    columns: { conversation_id: 'text', user_id: 'text', joined_at: 'timestamp', version: 'bigint' },
  },
  read_markers_by_user: {
    partitionKey: ['user_id'],
    clusteringColumns: [{ name: 'conversation_id', order: 'ASC' }],
    columns: { user_id: 'text', conversation_id: 'text', message_id: 'text' },
  },
  /** What an edit says has columns of its own, so that writing the post again never undoes it, on Keyspaces either. */
  messages_by_conversation: {
    partitionKey: ['conversation_id', 'bucket'],
    clusteringColumns: [{ name: 'message_id', order: 'DESC' }],
    columns: {
      conversation_id: 'text',
      bucket: 'int',
      message_id: 'text',
      sender: 'text',
      nonce: 'text',
      content: 'text',
      posted_at: 'timestamp',
      edit_id: 'text',
      edited_content: 'text',
    },
  },
  /** A bucket is the range of ids from its first one to the next bucket's. `message_count` counts through `through_id`. */
  buckets_by_conversation: {
    partitionKey: ['conversation_id'],
    clusteringColumns: [{ name: 'first_message_id', order: 'DESC' }],
    columns: {
      conversation_id: 'text',
      first_message_id: 'text',
      bucket: 'int',
      message_count: 'int',
      through_id: 'text',
    },
  },
  /** The last message, whole, in one cell (JSON): one read tells a side bar's row. */
  conversation_heads: {
    partitionKey: ['conversation_id'],
    columns: { conversation_id: 'text', message: 'text' },
  },
} as const satisfies Record<string, CassandraTableDeclaration>;
