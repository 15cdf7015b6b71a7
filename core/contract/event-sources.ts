import type { TopicName } from './topics.ts';

export interface EventSourceDeclaration {
  /** Also the name of the consumer group. */
  readonly name: string;
  readonly function: 'store' | 'deliver';
  readonly topic: TopicName;
  /** Records a batch at most (Lambda: 1–10,000; the payload ends at 6 MB whatever this says). */
  readonly batchSize: number;
  /** How long to wait for a fuller batch, in seconds. 0 needs provisioned pollers. */
  readonly maximumBatchingWindowSeconds: number;
  /** Lambda's event pollers (provisioned mode), and on one machine the invocations under way at once. */
  readonly pollers: { readonly minimum: number; readonly maximum: number };
  readonly startingPosition: 'TRIM_HORIZON';
  readonly reportBatchItemFailures: true;
  /** -1: without limit. No on-failure destination: together with one, Lambda would stop after ten. */
  readonly maximumRetryAttempts: -1;
}

const unlimited = {
  startingPosition: 'TRIM_HORIZON',
  reportBatchItemFailures: true,
  maximumRetryAttempts: -1,
} as const;

/** Three mappings, three groups: none waits for another. */
export const EVENT_SOURCES: readonly EventSourceDeclaration[] = [
  {
    name: 'store-messages',
    function: 'store',
    topic: 'messages',
    batchSize: 10_000,
    // Live updates do not wait for it, and a head, a bucket's count and an announcement are then written once a second and
    // conversation instead of once a message.
    maximumBatchingWindowSeconds: 1,
    pollers: { minimum: 1, maximum: 4 },
    ...unlimited,
  },
  {
    name: 'deliver-messages',
    function: 'deliver',
    topic: 'messages',
    batchSize: 1_000,
    maximumBatchingWindowSeconds: 0,
    pollers: { minimum: 1, maximum: 4 },
    ...unlimited,
  },
  {
    name: 'deliver-signals',
    function: 'deliver',
    topic: 'signals',
    batchSize: 1_000,
    maximumBatchingWindowSeconds: 0,
    pollers: { minimum: 1, maximum: 4 },
    ...unlimited,
  },
];
