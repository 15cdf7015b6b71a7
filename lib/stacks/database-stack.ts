import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { Ec2Cassandra } from '../constructs/cassandra/ec2-cassandra.ts';
import type { Database } from '../constructs/database/database.ts';
import { KeyspacesDatabase } from '../constructs/database/keyspaces-database.ts';
import type { Network } from '../constructs/network/network.ts';
import { nodeLogs } from '../constructs/operations/node-logs.ts';
import type { Sizes } from '../sizes.ts';

export interface DatabaseStackProps extends StackProps {
  readonly config: Config;
  readonly sizes: Sizes;
  readonly network: Network | undefined;
  /** Cassandra's jars, for the nodes. */
  readonly jarsDirectory: string;
}

/** Where history is kept: nodes of our own, or Keyspaces. */
export class DatabaseStack extends Stack {
  readonly database: Database;

  constructor(
    scope: Construct,
    id: string,
    { config, sizes, network, jarsDirectory, ...props }: DatabaseStackProps,
  ) {
    super(scope, id, props);
    if (config.database.kind === 'keyspaces') {
      this.database = new KeyspacesDatabase(this, 'Database', {
        sizes,
        network: network?.functions,
        kept: config.restore.keyspace,
      });
      return;
    }
    if (network?.nodes === undefined) throw new Error('The network was made without subnets for nodes.');
    nodeLogs(this, 'NodeLogs', sizes);
    this.database = new Ec2Cassandra(this, 'Database', {
      config,
      sizes,
      network: network.nodes,
      functionNetwork: network.functions,
      jarsDirectory,
    });
  }
}
