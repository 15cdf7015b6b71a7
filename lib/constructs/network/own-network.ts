import { RemovalPolicy } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  FlowLogTrafficType,
  IpAddresses,
  type ISecurityGroup,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Sizes } from '../../sizes.ts';
import type { FunctionNetwork } from '../functions/function-network.ts';
import { addEndpoints } from './endpoints.ts';
import {
  CASSANDRA_CLIENT_PORT,
  CASSANDRA_INTERNODE_PORT,
  MSK_IAM_PORT,
  type Network,
  type NodeNetwork,
} from './network.ts';

export interface OwnNetworkProps {
  readonly sizes: Sizes;
  /** Three, or tokens for the region's first three. */
  readonly zones: readonly string[];
  readonly withBrokers: boolean;
  readonly withNodes: boolean;
  readonly withKeyspaces: boolean;
}

const PRIVATE = 'private';
const NODES = 'nodes';

/** AWS keeps the first four addresses of a subnet, and its last. */
const NODE_HOST = 10;

/** A VPC in three zones with private subnets and endpoints only: there is no way in, and no way out but those. */
export class OwnNetwork extends Construct implements Network {
  readonly vpc: Vpc;
  readonly functions: FunctionNetwork;
  readonly brokers: Network['brokers'];
  readonly nodes: NodeNetwork | undefined;

  constructor(scope: Construct, id: string, props: OwnNetworkProps) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.42.0.0/16'),
      availabilityZones: [...props.zones],
      natGateways: 0,
      subnetConfiguration: [
        { name: PRIVATE, subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 20 },
        // Others' interfaces would take the addresses that belong to the nodes.
        ...(props.withNodes ? [{ name: NODES, subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 27 }] : []),
      ],
    });
    this.vpc.addFlowLog('FlowLog', {
      trafficType: FlowLogTrafficType.REJECT,
      destination: FlowLogDestination.toCloudWatchLogs(
        new LogGroup(this, 'FlowLogGroup', {
          retention: props.sizes.logRetention,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
      ),
    });
    const privateSubnets = this.vpc.selectSubnets({ subnetGroupName: PRIVATE });
    const functions = this.#group('Functions', 'Ping Me: functions with store connections');
    this.functions = {
      vpc: this.vpc,
      vpcSubnets: { subnetGroupName: PRIVATE },
      securityGroup: functions,
    };
    const brokers = props.withBrokers ? this.#brokers(functions) : undefined;
    this.brokers =
      brokers === undefined ? undefined : { subnetIds: privateSubnets.subnetIds, securityGroup: brokers };
    this.nodes = props.withNodes ? this.#nodes(functions, props.zones) : undefined;
    addEndpoints(this, {
      vpc: this.vpc,
      subnets: { subnetGroupName: PRIVATE },
      clients: this.nodes === undefined ? [functions] : [functions, this.nodes.securityGroup],
      withNodes: props.withNodes,
      withKeyspaces: props.withKeyspaces,
    });
  }

  #brokers(functions: SecurityGroup): SecurityGroup {
    const group = this.#group('Brokers', 'Ping Me: the brokers of MSK');
    allow(functions, group, MSK_IAM_PORT, 'Functions to brokers, with IAM');
    // The pollers of an event source mapping join the brokers' own group.
    allow(group, group, MSK_IAM_PORT, 'The event source to brokers, with IAM');
    return group;
  }

  #nodes(functions: SecurityGroup, zones: readonly string[]): NodeNetwork {
    const group = this.#group('Nodes', 'Ping Me: the Cassandra nodes');
    allow(functions, group, CASSANDRA_CLIENT_PORT, 'Functions to nodes, with TLS and a password');
    allow(group, group, CASSANDRA_INTERNODE_PORT, 'Between nodes, with TLS on both sides');
    allow(group, group, CASSANDRA_CLIENT_PORT, 'A node to itself and its peers: readiness, repair');
    const { subnets } = this.vpc.selectSubnets({ subnetGroupName: NODES });
    return {
      subnets,
      zones,
      addresses: subnets.map((subnet) => hostOf(subnet.ipv4CidrBlock, NODE_HOST)),
      securityGroup: group,
    };
  }

  #group(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false });
  }
}

/** Both sides of a rule: nothing goes out that nobody lets in. */
export function allow(from: ISecurityGroup, to: ISecurityGroup, port: number, description: string): void {
  from.addEgressRule(to, Port.tcp(port), description);
  to.addIngressRule(from, Port.tcp(port), description);
}

/** 10.42.48.0/27, 10 → 10.42.48.10 */
function hostOf(cidr: string, host: number): string {
  const [network = ''] = cidr.split('/');
  const octets = network.split('.').map(Number);
  return [...octets.slice(0, 3), (octets[3] ?? 0) + host].join('.');
}
