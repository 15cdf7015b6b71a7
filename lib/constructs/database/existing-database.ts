import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ExistingDatabaseConfig } from '../../config/database-config.ts';
import { type ExistingSecret, existingSecrets } from '../existing-secret.ts';
import type { Database } from './database.ts';

/** A Cassandra cluster that the user already has. */
export class ExistingDatabase extends Construct implements Database {
  readonly settings: Readonly<Record<string, string>>;
  readonly nodeGroups = [];
  readonly #secrets: readonly ExistingSecret[];

  constructor(scope: Construct, id: string, config: ExistingDatabaseConfig) {
    super(scope, id);
    this.#secrets = existingSecrets(this, { Secret: config.secretArn, Authority: config.authorityArn });
    this.settings = {
      CASSANDRA_CONTACT_POINTS: config.contactPoints.join(','),
      CASSANDRA_PORT: String(config.port),
      CASSANDRA_LOCAL_DATA_CENTER: config.localDataCenter,
      CASSANDRA_KEYSPACE: config.keyspace,
      CASSANDRA_REPLICATION_FACTOR: String(config.replicationFactor),
      CASSANDRA_TLS: config.tls ? 'on' : 'off',
      ...(config.secretArn === undefined
        ? {}
        : { CASSANDRA_AUTHENTICATION: 'password', CASSANDRA_SECRET: `secret:${config.secretArn}` }),
      ...(config.authorityArn === undefined
        ? {}
        : { CASSANDRA_TLS_AUTHORITY: `secret:${config.authorityArn}` }),
    };
  }

  grantAccess(target: LambdaFunction): void {
    for (const secret of this.#secrets) secret.grantRead(target);
  }
}
