/** A declared topic as this system has it: by its whole name, with this cluster's number of copies. */
export interface WantedTopic {
  readonly topic: string;
  readonly numPartitions: number;
  readonly replicationFactor: number;
  /** Copies of a partition that must be in sync before it takes records. */
  readonly inSyncReplicas: number;
  readonly configs: Readonly<Record<string, string>>;
}
