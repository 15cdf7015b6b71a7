import { ConfigError } from './config-error.ts';
import type { ContextReader } from './context-reader.ts';
import type { DatabaseConfig } from './database-config.ts';
import type { KafkaConfig } from './kafka-config.ts';

/**
 * Where functions with store connections run. `own`: a VPC of the stack's. `existing`: subnets of the user's. `none`:
 * outside any VPC, for stores that are reachable from there.
 */
export type NetworkConfig =
  | { readonly kind: 'own'; readonly zones: readonly string[] | undefined }
  | {
      readonly kind: 'existing';
      readonly vpcId: string;
      readonly subnetIds: readonly string[];
      readonly securityGroupId: string;
    }
  | { readonly kind: 'none' };

const KEYS = ['existing.vpc', 'existing.subnets', 'existing.securityGroup'];

export function readNetwork(
  reader: ContextReader,
  { kafka, database }: { kafka: KafkaConfig['kind']; database: DatabaseConfig['kind'] },
): NetworkConfig {
  const zones = reader.list('zones', /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/, 'names of zones such as us-east-1a');
  const vpcId = reader.text('existing.vpc', /^vpc-[0-9a-f]+$/, 'the id of a VPC such as vpc-0a1b2c3d');
  if (vpcId !== undefined) {
    if (database === 'cassandra') {
      throw new ConfigError(
        'existing.vpc',
        'does not go with database=cassandra, whose nodes need fixed addresses',
      );
    }
    reader.refuse(['zones'], 'does not go with existing.vpc, whose subnets have their zones');
    const subnetIds = reader.requiredList(
      'existing.subnets',
      'existing.vpc needs the subnets to join',
      /^subnet-[0-9a-f]+$/,
      'ids of subnets such as subnet-0a1b2c3d',
    );
    if (kafka === 'msk' && subnetIds.length !== 3) {
      throw new ConfigError(
        'existing.subnets',
        'must be three, in three zones, for the three brokers of kafka=msk',
      );
    }
    const securityGroupId = reader.requiredText(
      'existing.securityGroup',
      'existing.vpc needs the security group that the functions join',
      /^sg-[0-9a-f]+$/,
      'the id of a security group such as sg-0a1b2c3d',
    );
    return { kind: 'existing', vpcId, subnetIds, securityGroupId };
  }
  reader.refuse(KEYS, 'needs existing.vpc beside it');
  if (kafka !== 'msk' && database === 'cassandra') {
    throw new ConfigError(
      'database',
      'can not be cassandra with kafka=existing: the nodes are in a network of the stack, from which no brokers outside of it are reached',
    );
  }
  if (kafka === 'msk' && database === 'existing') {
    throw new ConfigError(
      'existing.vpc',
      'is missing: with kafka=msk and database=existing, brokers and functions join the network in which your nodes are reached',
    );
  }
  if (kafka === 'existing-cluster') {
    throw new ConfigError(
      'existing.vpc',
      'is missing: the brokers of existing.kafka.cluster have private addresses, which only functions in a network that reaches them can use',
    );
  }
  if (kafka === 'existing-servers') {
    reader.refuse(['zones'], 'does not go with kafka=existing and no VPC of the stack');
    return { kind: 'none' };
  }
  if (zones !== undefined && zones.length !== 3) {
    throw new ConfigError('zones', 'must be three zones of the region, separated by commas');
  }
  return { kind: 'own', zones };
}
