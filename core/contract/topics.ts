const DAY_MS = 24 * 60 * 60 * 1000;

export interface TopicDeclaration {
  readonly name: string;
  /** What a record's key is. */
  readonly key: string;
  /** Never changed once made: a key's partition, and with it the order of its records, depends on it. */
  readonly partitions: { readonly cloud: number; readonly local: number };
  readonly replicationFactor: 3;
  /** Kafka topic settings, by their Kafka names. */
  readonly configs: Readonly<Record<string, string>>;
}

const durable = {
  'min.insync.replicas': '2',
  'message.timestamp.type': 'LogAppendTime',
  'unclean.leader.election.enable': 'false',
  'cleanup.policy': 'delete',
} as const;

export const TOPICS = {
  messages: {
    name: 'messages',
    key: 'conversation id',
    partitions: { cloud: 12, local: 6 },
    replicationFactor: 3,
    configs: { ...durable, 'retention.ms': String(7 * DAY_MS) },
  },
  signals: {
    name: 'signals',
    key: 'conversation or user id',
    partitions: { cloud: 12, local: 6 },
    replicationFactor: 3,
    configs: { ...durable, 'retention.ms': String(DAY_MS) },
  },
  messagesDead: {
    name: 'messages-dead',
    key: 'as the record',
    partitions: { cloud: 1, local: 1 },
    replicationFactor: 3,
    configs: { ...durable, 'retention.ms': String(30 * DAY_MS) },
  },
} as const satisfies Record<string, TopicDeclaration>;

export type TopicName = keyof typeof TOPICS;
