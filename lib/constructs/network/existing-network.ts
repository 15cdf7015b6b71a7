import { Fn } from 'aws-cdk-lib';
import { Port, SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { NetworkConfig } from '../../config/network-config.ts';
import type { FunctionNetwork } from '../functions/function-network.ts';
import { MSK_IAM_PORT, type Network } from './network.ts';
import { allow } from './own-network.ts';

export interface ExistingNetworkProps {
  readonly config: Extract<NetworkConfig, { kind: 'existing' }>;
  readonly withBrokers: boolean;
}

/** Subnets of the user's own VPC. From there functions must reach DynamoDB, Secrets Manager and the stores. */
export class ExistingNetwork extends Construct implements Network {
  readonly vpc: Network['vpc'];
  readonly functions: FunctionNetwork;
  readonly brokers: Network['brokers'];
  readonly nodes = undefined;

  constructor(scope: Construct, id: string, { config, withBrokers }: ExistingNetworkProps) {
    super(scope, id);
    this.vpc = Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: config.vpcId,
      // Which zones they are makes no difference: the subnets are named.
      availabilityZones: config.subnetIds.map((_, index) => Fn.select(index, Fn.getAzs())),
    });
    const securityGroup = SecurityGroup.fromSecurityGroupId(this, 'Functions', config.securityGroupId, {
      mutable: false,
    });
    this.functions = {
      vpc: this.vpc,
      vpcSubnets: {
        subnets: config.subnetIds.map((subnetId) => Subnet.fromSubnetId(this, subnetId, subnetId)),
      },
      securityGroup,
    };
    this.brokers = withBrokers ? this.#brokers(config, securityGroup.securityGroupId) : undefined;
  }

  #brokers(config: ExistingNetworkProps['config'], functionsGroupId: string): Network['brokers'] {
    const group = new SecurityGroup(this, 'Brokers', {
      vpc: this.vpc,
      description: 'Ping Me: the brokers of MSK',
      allowAllOutbound: false,
    });
    const functions = SecurityGroup.fromSecurityGroupId(this, 'Clients', functionsGroupId, {
      mutable: false,
    });
    group.addIngressRule(functions, Port.tcp(MSK_IAM_PORT), 'Functions to brokers, with IAM');
    allow(group, group, MSK_IAM_PORT, 'The event source to brokers, with IAM');
    return { subnetIds: config.subnetIds, securityGroup: group };
  }
}
