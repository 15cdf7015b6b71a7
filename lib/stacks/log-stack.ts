import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { ExistingLog } from '../constructs/message-log/existing-log.ts';
import type { MessageLog } from '../constructs/message-log/message-log.ts';
import { MskLog } from '../constructs/message-log/msk-log.ts';
import type { Network } from '../constructs/network/network.ts';
import type { Sizes } from '../sizes.ts';

export interface LogStackProps extends StackProps {
  readonly config: Config;
  readonly sizes: Sizes;
  readonly network: Network | undefined;
}

/** Kafka: a cluster of our own with its topics, one that was kept, or the way to the user's. */
export class LogStack extends Stack {
  readonly log: MessageLog;

  constructor(scope: Construct, id: string, { config, sizes, network, ...props }: LogStackProps) {
    super(scope, id, props);
    const { kafka } = config;
    if (kafka.kind === 'msk') {
      if (network === undefined) throw new Error('MSK needs a network.');
      this.log = new MskLog(this, 'Log', {
        sizes,
        network,
        messagesGeneration: kafka.messagesGeneration,
        keptClusterArn: config.restore.clusterArn,
      });
    } else {
      this.log = new ExistingLog(this, 'Log', { cluster: kafka, network: config.network, sizes });
    }
    if (this.log.clusterArn !== undefined) {
      new CfnOutput(this, 'ClusterArn', { value: this.log.clusterArn, description: 'The MSK cluster' });
    }
  }
}
