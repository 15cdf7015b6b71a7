import { Grant } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CASSANDRA_TABLES } from '../../../core/contract/cassandra-tables.ts';
import { KEPT_KEYSPACE_FUNCTIONS } from '../../../core/contract/functions.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import type { FunctionNetwork } from '../functions/function-network.ts';
import { PingMeFunction } from '../functions/ping-me-function.ts';
import { RunAtDeployment } from '../functions/run-at-deployment.ts';

export interface KeptKeyspaceProps {
  /** How a function connects. */
  readonly settings: Readonly<Record<string, string>>;
  /** Of the declared tables, be they there or not. */
  readonly tableArns: readonly string[];
  readonly network: FunctionNetwork | undefined;
  readonly sizes: Sizes;
}

/**
 * Tables of a keyspace that an earlier deployment has kept. No stack can have them as resources again without being told one
 * by one (`cdk import`), so a function makes what is lacking: a table, a column. It never takes anything away.
 */
export class KeptKeyspace extends Construct {
  readonly setUp: PingMeFunction;
  readonly done: RunAtDeployment;

  constructor(scope: Construct, id: string, { settings, tableArns, network, sizes }: KeptKeyspaceProps) {
    super(scope, id);
    const name = 'set-up-keyspace';
    this.setUp = new PingMeFunction(this, name, {
      name,
      declaration: KEPT_KEYSPACE_FUNCTIONS[name],
      settings,
      logRetention: sizes.logRetention,
      network,
      reservedConcurrency: undefined,
    });
    Grant.addToPrincipal({
      grantee: this.setUp,
      actions: ['cassandra:Create', 'cassandra:Alter'],
      resourceArns: [...tableArns],
    }).assertSuccess();
    acknowledge(this.setUp, {
      'Serverless-LambdaDLQ': 'CloudFormation waits for its answer and hears of its failure.',
    });
    this.done = new RunAtDeployment(this, 'SetUp', {
      target: this.setUp,
      resourceType: 'Custom::PingMeKeyspace',
      declaration: { keyspace: settings.CASSANDRA_KEYSPACE, CASSANDRA_TABLES },
      sizes,
    });
  }
}
