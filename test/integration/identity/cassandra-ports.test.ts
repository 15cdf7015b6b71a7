import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { CassandraClaims } from '../../../lambdas/adapters/cassandra/claims.ts';
import { CassandraUserDirectory } from '../../../lambdas/adapters/cassandra/user-directory.ts';
import { CassandraUsers } from '../../../lambdas/adapters/cassandra/users.ts';
import { describeClaims } from '../../support/ports/claims-suite.ts';
import { describeUserDirectory } from '../../support/ports/user-directory-suite.ts';
import { describeUsers } from '../../support/ports/users-suite.ts';
import { makeTemporaryKeyspace, type TemporaryKeyspace } from '../../support/temporary-keyspace.ts';

let keyspace: TemporaryKeyspace;

beforeAll(async () => {
  keyspace = await makeTemporaryKeyspace(inject('stores'));
});
afterAll(() => keyspace?.remove());

const claims = () => new CassandraClaims(keyspace.cassandra);

describeClaims('Cassandra', claims);
describeUsers('Cassandra', () => ({
  users: new CassandraUsers(keyspace.cassandra, claims()),
  claims: claims(),
}));
describeUserDirectory('Cassandra', () => new CassandraUserDirectory(keyspace.cassandra));

describe('a claim in Cassandra', () => {
  const newClaim = (name = randomUUID()) =>
    ({ kind: 'user-id', name, owner: 'ada', attemptId: randomUUID() }) as const;

  it('frees its name when it is not confirmed', async () => {
    const shortLived = new CassandraClaims(keyspace.cassandra, 2);
    const claim = newClaim();
    await shortLived.claim(claim);
    expect(await shortLived.claim(newClaim(claim.name))).toMatchObject({ attemptId: claim.attemptId });
    const heir = newClaim(claim.name);
    await waitFor('the name to be free', async () => (await shortLived.claim(heir)) === undefined, 20_000);
    expect(await shortLived.confirm(claim)).toBe(false);
  });

  it('lasts once it is confirmed, longer than it would have otherwise', async () => {
    const shortLived = new CassandraClaims(keyspace.cassandra, 2);
    const [lasting, control] = [newClaim(), newClaim()];
    await shortLived.claim(lasting);
    expect(await shortLived.confirm(lasting)).toBe(true);
    await shortLived.claim(control);
    await waitFor(
      'a claim of the same age to end',
      async () => (await shortLived.holderOf('user-id', control.name)) === undefined,
      20_000,
    );
    expect(await shortLived.claim(newClaim(lasting.name))).toMatchObject({ confirmed: true });
    const [row] = await keyspace.cassandra.execute(
      'SELECT TTL(owner) AS owner_ttl, TTL(confirmed) AS confirmed_ttl FROM user_id_claims WHERE user_id = ?',
      [lasting.name],
    );
    expect(row).toMatchObject({ owner_ttl: null, confirmed_ttl: null });
  });
});
