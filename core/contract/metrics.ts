/** Every metric that the functions count, by name and unit: what the dashboard shows and the alarms watch. */
export const METRICS_NAMESPACE = 'PingMe';

export const METRICS = {
  PostsAccepted: 'Count',
  /** 503: the log did not confirm within the deadline. */
  PostsUnconfirmed: 'Count',
  /** Tries after the first within one request. */
  PostRetries: 'Count',
  PostAppendTime: 'Milliseconds',
  MessagesStored: 'Count',
  /** Copies that were not stored, because an earlier one of the same nonce stands in the log. */
  DuplicatesDropped: 'Count',
  /** Look-ups of marked copies beyond the remembered nonces. */
  DuplicateLookups: 'Count',
  StoreBatchRecords: 'Count',
  StoreBatchTime: 'Milliseconds',
  StoreRetries: 'Count',
  DeadLetters: 'Count',
  /** From the append to the end of the batch that stored it. */
  StoreLag: 'Milliseconds',
  MessagesDelivered: 'Count',
  /** From the append to the push, of the oldest record of a batch. */
  DeliveryTime: 'Milliseconds',
  PushesFailed: 'Count',
  ConnectionsGone: 'Count',
  DeliveriesSkipped: 'Count',
  ConnectionsOpened: 'Count',
  SignInsAccepted: 'Count',
  SignInsRefused: 'Count',
  IdentityCacheHits: 'Count',
  IdentityCacheMisses: 'Count',
  MembershipFromCopy: 'Count',
  RequestsThrottled: 'Count',
  RequestsFailed: 'Count',
} as const satisfies Record<string, 'Count' | 'Milliseconds'>;

export type MetricName = keyof typeof METRICS;
