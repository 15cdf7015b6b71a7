import { Stack } from 'aws-cdk-lib';
import { CfnKeyspace, CfnTable } from 'aws-cdk-lib/aws-cassandra';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import {
  CASSANDRA_TABLES,
  type CassandraTableDeclaration,
  KEYSPACES_TTL_SECONDS,
} from '../../../core/contract/cassandra-tables.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledgeWildcards } from '../acknowledge.ts';
import type { FunctionNetwork } from '../functions/function-network.ts';
import { keptName } from '../kept-name.ts';
import { KEYSPACES_PORT } from '../network/network.ts';
import type { Database } from './database.ts';
import { KeptKeyspace } from './kept-keyspace.ts';

export interface KeyspacesDatabaseProps {
  readonly sizes: Sizes;
  /** Of functions, for the one that looks after a kept keyspace. */
  readonly network: FunctionNetwork | undefined;
  /** Name of a keyspace that an earlier deployment has left; undefined: one is made. */
  readonly kept: string | undefined;
}

/** Amazon Keyspaces with the declared tables. */
export class KeyspacesDatabase extends Construct implements Database {
  readonly settings: Readonly<Record<string, string>>;
  readonly nodeGroups = [];
  readonly keyspaceName: string;
  readonly #kept: KeptKeyspace | undefined;

  constructor(scope: Construct, id: string, { sizes, network, kept }: KeyspacesDatabaseProps) {
    super(scope, id);
    this.keyspaceName = kept ?? this.#make(sizes);
    const { region, urlSuffix } = Stack.of(this);
    this.settings = {
      CASSANDRA_CONTACT_POINTS: `cassandra.${region}.${urlSuffix}`,
      CASSANDRA_PORT: String(KEYSPACES_PORT),
      CASSANDRA_LOCAL_DATA_CENTER: region,
      CASSANDRA_KEYSPACE: this.keyspaceName,
      CASSANDRA_REPLICATION_FACTOR: '3',
      CASSANDRA_AUTHENTICATION: 'sigv4',
      CASSANDRA_TLS: 'on',
      CASSANDRA_DIALECT: 'keyspaces',
    };
    if (kept === undefined) return;
    const { settings } = this;
    this.#kept = new KeptKeyspace(this, 'Kept', { settings, tableArns: this.#tableArns(), network, sizes });
    this.#grantRows(this.#kept.setUp);
  }

  grantAccess(target: LambdaFunction): void {
    this.#grantRows(target);
    // Nothing refers to a kept keyspace; whoever reads it comes after what brings its tables up to date.
    if (this.#kept !== undefined) target.node.addDependency(this.#kept.done.resource);
  }

  /** @returns the name of the new keyspace */
  #make(sizes: Sizes): string {
    const keyspace = new CfnKeyspace(this, 'Keyspace', {
      // The only names that Keyspaces takes are letters, digits and _.
      keyspaceName: keptName(this, { maxLength: 48, separator: '_' }),
    });
    keyspace.applyRemovalPolicy(sizes.removal);
    for (const [name, declaration] of Object.entries<CassandraTableDeclaration>(CASSANDRA_TABLES)) {
      this.#table(keyspace.ref, name, declaration).applyRemovalPolicy(sizes.removal);
    }
    return keyspace.ref;
  }

  #grantRows(target: LambdaFunction): void {
    const system = this.#arn('/keyspace/system*');
    this.#grant(target, ['cassandra:Select', 'cassandra:Modify'], this.#tableArns());
    // The driver asks who its peers are, and what the tables look like.
    this.#grant(target, ['cassandra:Select'], [system]);
    this.#grant(target, ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeVpcEndpoints'], ['*']);
    acknowledgeWildcards(
      target.role ?? target,
      [system],
      'The system tables are what AWS documents that a driver reads.',
    );
  }

  #table(keyspaceName: string, name: string, declaration: CassandraTableDeclaration): CfnTable {
    const clustering = declaration.clusteringColumns ?? [];
    const keys = new Set([...declaration.partitionKey, ...clustering.map((column) => column.name)]);
    const column = (columnName: string) => ({
      columnName,
      columnType: declaration.columns[columnName] ?? 'text',
    });
    return new CfnTable(this, name, {
      keyspaceName,
      tableName: name,
      partitionKeyColumns: declaration.partitionKey.map(column),
      clusteringKeyColumns: clustering.map(({ name: columnName, order }) => ({
        column: column(columnName),
        orderBy: order,
      })),
      regularColumns: Object.keys(declaration.columns)
        .filter((columnName) => !keys.has(columnName))
        .map(column),
      billingMode: { mode: 'ON_DEMAND' },
      clientSideTimestampsEnabled: true,
      pointInTimeRecoveryEnabled: true,
      encryptionSpecification: { encryptionType: 'AWS_OWNED_KMS_KEY' },
      ...(declaration.rowsExpire ? { defaultTimeToLive: KEYSPACES_TTL_SECONDS } : {}),
    });
  }

  #tableArns(): string[] {
    return Object.keys(CASSANDRA_TABLES).map((table) =>
      this.#arn(`/keyspace/${this.keyspaceName}/table/${table}`),
    );
  }

  #arn(resource: string): string {
    const { partition, region, account } = Stack.of(this);
    return `arn:${partition}:cassandra:${region}:${account}:${resource}`;
  }

  #grant(grantee: IGrantable, actions: readonly string[], resourceArns: readonly string[]): void {
    Grant.addToPrincipal({ grantee, actions: [...actions], resourceArns: [...resourceArns] }).assertSuccess();
  }
}
