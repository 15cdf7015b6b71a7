import { ConfigError } from './config-error.ts';
import type { ContextReader } from './context-reader.ts';
import { readAuthority, SECRET_ARN, SECRET_ARN_TEXT } from './kafka-config.ts';

export interface ExistingDatabaseConfig {
  readonly kind: 'existing';
  readonly contactPoints: readonly string[];
  readonly port: number;
  readonly localDataCenter: string;
  readonly keyspace: string;
  readonly replicationFactor: number;
  readonly secretArn: string | undefined;
  readonly tls: boolean;
  /** Of the secret with the certificates that the nodes' are signed with; undefined: a public authority's. */
  readonly authorityArn: string | undefined;
}

export type DatabaseConfig = { readonly kind: 'cassandra' | 'keyspaces' } | ExistingDatabaseConfig;

const KEYS = [
  'contactPoints',
  'port',
  'localDataCenter',
  'keyspace',
  'replicationFactor',
  'secret',
  'tls',
  'authority',
].map((key) => `existing.cassandra.${key}`);

export function readDatabase(reader: ContextReader): DatabaseConfig {
  const kind = reader.oneOf('database', ['cassandra', 'keyspaces', 'existing'], 'cassandra');
  if (kind !== 'existing') {
    reader.refuse(KEYS, `does not go with database=${kind}`);
    return { kind };
  }
  const secretArn = reader.text('existing.cassandra.secret', SECRET_ARN, SECRET_ARN_TEXT);
  const tls = reader.flag('existing.cassandra.tls', secretArn !== undefined);
  if (secretArn !== undefined && !tls) {
    throw new ConfigError('existing.cassandra.tls', 'must be true where a password goes over the network');
  }
  return {
    kind,
    contactPoints: reader.requiredList(
      'existing.cassandra.contactPoints',
      'database=existing needs the nodes to connect to first',
      /^[\w.-]+$/,
      'addresses without ports',
    ),
    port: reader.integer('existing.cassandra.port', 1, 65_535, 9042),
    localDataCenter: reader.requiredText(
      'existing.cassandra.localDataCenter',
      'database=existing needs the name of the data center to talk to',
      /^[\w.-]+$/,
      'the name of a data center',
    ),
    keyspace:
      reader.text('existing.cassandra.keyspace', /^[a-z]\w{0,47}$/, 'lower case letters, digits and _') ??
      'ping_me',
    replicationFactor: reader.integer('existing.cassandra.replicationFactor', 1, 5, 3),
    secretArn,
    tls,
    authorityArn: readAuthority(reader, 'existing.cassandra', tls),
  };
}
