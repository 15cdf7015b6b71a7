import type { IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';

export interface AlarmDeclaration {
  /** Kebab-case; also the section of the runbook. */
  readonly name: string;
  /** Where each Cassandra node has one: which, from 1. */
  readonly node?: number;
  readonly means: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly minutes: number;
  /** Rings below the threshold; else at it and above. */
  readonly below?: true;
  /** What no data means; nothing is wrong by default. */
  readonly missing?: TreatMissingData;
}
