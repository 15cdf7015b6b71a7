import { Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { ExistingNetwork } from '../constructs/network/existing-network.ts';
import type { Network } from '../constructs/network/network.ts';
import { OwnNetwork } from '../constructs/network/own-network.ts';
import type { Sizes } from '../sizes.ts';

export interface NetworkStackProps extends StackProps {
  readonly config: Config;
  readonly sizes: Sizes;
}

/** The VPC, its endpoints, and every security group with its rules. */
export class NetworkStack extends Stack {
  readonly network: Network;
  readonly #zones: readonly string[];

  constructor(scope: Construct, id: string, { config, sizes, ...props }: NetworkStackProps) {
    super(scope, id, props);
    const { network, kafka, database } = config;
    this.#zones =
      (network.kind === 'own' ? network.zones : undefined) ??
      [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs()));
    const withBrokers = kafka.kind === 'msk';
    this.network =
      network.kind === 'existing'
        ? new ExistingNetwork(this, 'Network', { config: network, withBrokers })
        : new OwnNetwork(this, 'Network', {
            sizes,
            zones: this.#zones,
            withBrokers,
            withNodes: database.kind === 'cassandra',
            withKeyspaces: database.kind === 'keyspaces',
          });
  }

  /** A stack that may be deployed to any account knows of two zones only; the region's first three are asked for by index. */
  override get availabilityZones(): string[] {
    return [...this.#zones];
  }
}
