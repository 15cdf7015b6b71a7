import { CassandraUserDirectory } from '../adapters/cassandra/user-directory.ts';
import { CassandraUsers } from '../adapters/cassandra/users.ts';
import { DynamoIdentityCache } from '../adapters/dynamodb/identity-cache.ts';
import { CachedIdentities } from '../adapters/identity/cached-identities.ts';
import type { Identities } from '../application/ports/identities.ts';
import type { Profiles } from '../application/ports/profiles.ts';
import type { UserDirectory } from '../application/ports/user-directory.ts';
import type { Users } from '../application/ports/users.ts';
import { cassandra } from './cassandra.ts';
import { claims } from './claims.ts';
import { dynamodb } from './dynamodb.ts';
import { count } from './metrics.ts';
import { once } from './once.ts';

export const users = once((): Users => new CassandraUsers(cassandra(), claims()));

export const userDirectory = once((): UserDirectory => new CassandraUserDirectory(cassandra()));

const cachedIdentities = once(() => {
  const { client, tableName } = dynamodb();
  const cache = new DynamoIdentityCache(client, tableName('identities'));
  return new CachedIdentities({ users: users(), cache, count });
});

export const identities = (): Identities => cachedIdentities();

export const profiles = (): Profiles => cachedIdentities();
