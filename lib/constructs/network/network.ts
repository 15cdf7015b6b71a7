import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { NODE_PORTS } from '../../../nodes/cassandra/deployed-node.ts';
import type { FunctionNetwork } from '../functions/function-network.ts';

/** The subnets and security groups that stores and functions live in; every rule between them is made here. */
export interface Network {
  readonly vpc: IVpc;
  readonly functions: FunctionNetwork;
  /** Where the brokers of MSK are, if the stack has them. */
  readonly brokers:
    | { readonly subnetIds: readonly string[]; readonly securityGroup: ISecurityGroup }
    | undefined;
  /** Where the Cassandra nodes are, if the stack has them: one subnet a zone, with nothing else in it. */
  readonly nodes: NodeNetwork | undefined;
}

export interface NodeNetwork {
  readonly subnets: readonly ISubnet[];
  readonly zones: readonly string[];
  /** The fixed private address of each node. */
  readonly addresses: readonly string[];
  readonly securityGroup: ISecurityGroup;
}

/** Listener with IAM ("Port information", Amazon MSK). */
export const MSK_IAM_PORT = 9098;
/** Cassandra's ports: for clients, between nodes. */
export const CASSANDRA_CLIENT_PORT = NODE_PORTS.native;
export const CASSANDRA_INTERNODE_PORT = NODE_PORTS.storage;
export const KEYSPACES_PORT = 9142;
