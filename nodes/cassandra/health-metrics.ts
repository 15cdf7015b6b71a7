/** What each node publishes once a minute (`scripts/health.sh`), under the dimension `Node` with its number. */
export const NODE_METRICS_NAMESPACE = 'PingMe/Nodes';

export const NODE_METRICS = {
  /** 1 where Cassandra answers its own node over TLS as it would a client, 0 where it does not. */
  Answers: 'None',
  /** Of the certificate that it shows to clients. Missing while it does not answer. */
  CertificateDays: 'None',
  /** Other nodes that it believes to be away. Missing while it does not run. */
  NodesSeenDown: 'Count',
  /** Of the data volume. This and the following are missing while there is no volume. */
  DiskUsed: 'Percent',
  /** Writes that it keeps for nodes that were away. */
  HintBytes: 'Bytes',
  /** Whole hours since the last snapshot was taken that reached its bucket; before the first, since the volume is this node's. */
  SnapshotAge: 'None',
  /** Whole hours since the last repair of its own part began that came to its end; before the first, as above. */
  RepairAge: 'None',
} as const satisfies Record<string, 'None' | 'Count' | 'Percent' | 'Bytes'>;

export type NodeMetricName = keyof typeof NODE_METRICS;
