import { Duration, Names, RemovalPolicy } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EIGHT_GIBIBYTE_RESOURCES } from '../../../nodes/cassandra/configuration/node-options.ts';
import { renderNodeBoot } from '../../../nodes/cassandra/node-boot.ts';
import type { Config } from '../../config.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import { acknowledgeProvider } from '../custom-resources.ts';
import type { Database } from '../database/database.ts';
import type { FunctionNetwork } from '../functions/function-network.ts';
import { CASSANDRA_CLIENT_PORT, type NodeNetwork } from '../network/network.ts';
import { CassandraNode, nodeVolume } from './cassandra-node.ts';
import { ClusterSecrets } from './cluster-secrets.ts';
import { cassandraJars } from './jars.ts';
import { MachineImage } from './machine-image.ts';
import { NodeFunctions } from './node-functions.ts';
import { VolumeAttachment } from './volume-attachment.ts';

export interface Ec2CassandraProps {
  readonly config: Config;
  readonly sizes: Sizes;
  readonly network: NodeNetwork;
  readonly functionNetwork: FunctionNetwork;
  readonly jarsDirectory: string;
}

const CLUSTER_NAME = 'ping-me';
const KEYSPACE = 'ping_me';
const BACKUP_PREFIX = 'cassandra';

/** CloudFormation does not make a volume again that is gone: another generation is another resource. */
function volumeId(number: number, generation = '1'): string {
  return generation === '1' ? `Volume${number}` : `Volume${number}Generation${generation}`;
}

/** Three Cassandra nodes, one in each zone, on instances of our own. */
export class Ec2Cassandra extends Construct implements Database {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: ClusterSecrets;
  readonly nodeGroups: readonly string[];

  constructor(scope: Construct, id: string, props: Ec2CassandraProps) {
    super(scope, id);
    const { config, sizes, network } = props;
    const { addresses, zones } = network;
    const tag = { key: 'ping-me:cluster', value: Names.uniqueResourceName(this, { maxLength: 60 }) };
    this.secrets = new ClusterSecrets(this, 'Secrets', {
      nodes: addresses.length,
      removal: sizes.removal,
      keptAdministrator: config.restore.administratorSecretArn,
    });
    this.settings = {
      CASSANDRA_CONTACT_POINTS: addresses.join(','),
      CASSANDRA_PORT: String(CASSANDRA_CLIENT_PORT),
      CASSANDRA_LOCAL_DATA_CENTER: config.region,
      CASSANDRA_KEYSPACE: KEYSPACE,
      CASSANDRA_REPLICATION_FACTOR: String(addresses.length),
      CASSANDRA_AUTHENTICATION: 'password',
      CASSANDRA_SECRET: `secret:${this.secrets.application.secretArn}`,
      CASSANDRA_TLS: 'on',
      CASSANDRA_TLS_AUTHORITY: `secret:${this.secrets.trust.secretArn}`,
    };
    const functions = new NodeFunctions(this, 'Functions', {
      secrets: this.secrets,
      addresses,
      connection: this.settings,
      network: props.functionNetwork,
      sizes,
      reserveConcurrency: config.reservedConcurrency,
      awaitNodes: config.awaitNodes,
    });
    const backups = this.#backups(sizes);
    const { id: imageId } = new MachineImage(this, 'Image', { chosen: config.ami, sizes });
    const jars = cassandraJars(this, 'Jars', props.jarsDirectory);
    const volumes = zones.map((zone, index) =>
      nodeVolume(this, volumeId(index + 1, config.volumeGenerations[index]), {
        zone,
        sizes,
        snapshotId: config.restore.snapshots[index],
      }),
    );
    const attachment = new VolumeAttachment(this, 'Attachment', {
      sizes,
      volumeIds: volumes.map(({ attrVolumeId }) => attrVolumeId),
      tag,
    });
    const nodes: CassandraNode[] = [];
    for (const [index, certificate] of this.secrets.nodes.entries()) {
      const volume = volumes[index];
      const hook = attachment.hooks[index];
      if (volume === undefined || hook === undefined)
        throw new RangeError(`There is no volume ${index + 1}.`);
      const boot = renderNodeBoot({
        number: index + 1,
        addresses,
        clusterName: CLUSTER_NAME,
        dataCenter: config.region,
        resources: EIGHT_GIBIBYTE_RESOURCES,
      });
      nodes.push(
        new CassandraNode(this, `Node${index + 1}`, {
          index,
          network,
          sizes,
          region: config.region,
          imageId,
          boot,
          jars,
          certificate,
          backups,
          backupPrefix: BACKUP_PREFIX,
          earlierBackups: config.restore.backups,
          volume,
          hook,
          ready: functions.certificates.resource,
          after: nodes.at(-1),
          nodesReady: functions.nodesReady,
          tag,
        }),
      );
    }
    this.nodeGroups = nodes.map(({ group }) => group.ref);
    const allReady = functions.nodesReady.afterAll(nodes.map(({ runs }) => runs).join(' '));
    allReady.node.addDependency(...nodes.map(({ group }) => group));
    functions.setUpRoles(allReady, { rotate: config.rotateSecrets });
  }

  grantAccess(target: LambdaFunction): void {
    this.secrets.application.grantRead(target);
    this.secrets.trust.grantRead(target);
  }

  #backups(sizes: Sizes): Bucket {
    const bucket = new Bucket(this, 'Backups', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          expiration: Duration.days(sizes.backupDays),
          noncurrentVersionExpiration: Duration.days(sizes.backupDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      // Not `sizes.removal`: a rollback would fail at a bucket into which a node has written already.
      removalPolicy: sizes.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      autoDeleteObjects: !sizes.protectData,
    });
    acknowledgeProvider(this);
    acknowledge(bucket, {
      'AwsSolutions-S1':
        'The three nodes write to it and nobody else can; who reads it is in the account’s own trail.',
    });
    return bucket;
  }
}
