import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/** Where messages, users and conversations are kept: nodes of the stack's own, Amazon Keyspaces, or a cluster of the user's. */
export interface Database {
  /** How a function connects. */
  readonly settings: Readonly<Record<string, string>>;
  /** Names of the groups of instances that nodes of the stack's own run in, one a node. */
  readonly nodeGroups: readonly string[];
  grantAccess(target: LambdaFunction): void;
}
