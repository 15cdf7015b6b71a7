import { beforeEach, describe, expect, it } from 'vitest';
import { signIn } from '../../../lambdas/application/identity/sign-in.ts';
import { signUp } from '../../../lambdas/application/identity/sign-up.ts';
import type { Claims } from '../../../lambdas/application/ports/claims.ts';
import { ADA, type IdentityWorld, makeIdentityWorld } from '../../support/identity-world.ts';

let world: IdentityWorld;
beforeEach(() => {
  world = makeIdentityWorld();
});

const attempt = (of: Partial<typeof ADA> = {}) => signUp(world.parts, { ...ADA, ...of });
const credentials = { login: ADA.userId, password: ADA.password };

describe('signing up', () => {
  it('makes a user who is found in Cassandra, in the cache, in the search and in general, and is signed in', async () => {
    const { user, session, cookies } = await attempt();
    expect(user).toMatchObject({ userId: 'ada', passwordHash: 'new:analytical engine' });
    expect(await world.parts.users.find('ada')).toEqual(user);
    expect((await world.parts.cache.find(['ada'])).get('ada')).toEqual({ user });
    expect(await world.parts.cache.userIdOf(ADA.emailId)).toBe('ada');
    expect(await world.parts.userDirectory.search('love', 20)).toHaveLength(1);
    expect(world.members).toEqual(['ada']);
    expect(session).toMatchObject({ userId: 'ada', refreshable: true });
    expect(cookies).toHaveLength(2);
  });

  it('names every taken field', async () => {
    await attempt();
    await expect(attempt()).rejects.toMatchObject({
      code: 'user_id_taken',
      fields: [{ field: 'userId' }, { field: 'emailId' }],
    });
    await expect(attempt({ emailId: 'other@example.com' })).rejects.toMatchObject({
      code: 'user_id_taken',
      fields: [{ field: 'userId' }],
    });
    await expect(attempt({ userId: 'lovelace' })).rejects.toMatchObject({
      code: 'email_taken',
      fields: [{ field: 'emailId' }],
    });
  });

  it('a refused attempt keeps no name from the next one', async () => {
    await attempt();
    await expect(attempt({ userId: 'other' })).rejects.toMatchObject({ code: 'email_taken' });
    await expect(attempt({ userId: 'other', emailId: 'other@example.com' })).resolves.toBeDefined();
  });

  it('of concurrent attempts for one user id exactly one wins, and its password is the one that counts', async () => {
    const numbers = [1, 2, 3, 4, 5];
    const outcomes = await Promise.allSettled(
      numbers.map((n) => attempt({ emailId: `ada${n}@example.com`, password: `analytical engine ${n}` })),
    );
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled') + 1;
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const login = { login: 'ada', password: `analytical engine ${winner}` };
    await expect(signIn(world.parts, login)).resolves.toBeDefined();
    await expect(signIn(world.parts, { ...login, login: `ada${winner}@example.com` })).resolves.toBeDefined();
  });

  it('of concurrent attempts for the same two names one wins', async () => {
    const outcomes = await Promise.allSettled([attempt(), attempt(), attempt()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('answers 503 while Cassandra is away, and leaves nobody', async () => {
    world.setCassandraAway(true);
    await expect(attempt()).rejects.toMatchObject({ code: 'identity_unavailable' });
    world.setCassandraAway(false);
    await expect(signIn(world.parts, credentials)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(attempt()).resolves.toBeDefined();
  });

  it('one that broke off half way is nobody, and its names are free after a minute', async () => {
    const { parts } = world;
    const claims = { ...bound(parts.claims), confirm: never, release: async () => undefined };
    void signUp({ ...parts, claims }, ADA);
    await settled();
    await expect(signIn(parts, credentials)).rejects.toMatchObject({ code: 'invalid_credentials' });
    world.pass(59);
    await expect(attempt({ password: 'difference engine' })).rejects.toMatchObject({ code: 'user_id_taken' });
    world.pass(1);
    await attempt({ password: 'difference engine' });
    await expect(signIn(parts, credentials)).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(signIn(parts, { login: ADA.emailId, password: 'difference engine' })).resolves.toBeDefined();
  });

  it('one that broke off between its two confirmations keeps neither name', async () => {
    const { parts } = world;
    const claims = bound(parts.claims);
    const confirm: typeof claims.confirm = (claim) =>
      claim.kind === 'email' ? claims.confirm(claim) : never();
    void signUp({ ...parts, claims: { ...claims, confirm } }, ADA);
    await settled();
    await expect(attempt({ userId: 'eve' })).rejects.toMatchObject({ code: 'email_taken' });
    world.pass(60);
    const { user } = await attempt({ userId: 'eve' });
    expect(await parts.users.findByEmail(ADA.emailId)).toEqual(user);
    expect(await parts.users.find('ada')).toBeUndefined();
  });

  it('works with DynamoDB away, with a session that can not be refreshed', async () => {
    world.setDynamoAway(true);
    const { session, cookies } = await attempt();
    expect(session.refreshable).toBe(false);
    expect(cookies[1]).toContain('Max-Age=0');
    world.setDynamoAway(false);
    await expect(signIn(world.parts, credentials)).resolves.toMatchObject({ session: { refreshable: true } });
  });

  it('refuses passwords that are guessed first', async () => {
    for (const password of [
      'Sunshine',
      'aaaaaaaa',
      '23456789',
      'ADA@example.com',
      'ada lovelace',
      'ｓｕｎｓｈｉｎｅ',
    ]) {
      await expect(attempt({ password }), password).rejects.toMatchObject({
        code: 'validation_failed',
        fields: [{ field: 'password' }],
      });
    }
    await expect(attempt({ password: `\ud800${ADA.password}` })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    expect(await world.parts.claims.holderOf('user-id', 'ada')).toBeUndefined();
  });

  it('draws a gravatar only where it is asked for', async () => {
    const { user } = await signUp(world.parts, { ...ADA, avatar: 'gravatar' });
    // printf ada@example.com | sha256sum
    expect(user.avatar).toBe(
      'https://gravatar.com/avatar/b5fc85e55755f9e0d030a10ab4429b6b2944855f9a0d60077fe832becbc41d72?s=256&d=404',
    );
    const plain = await signUp(world.parts, { ...ADA, userId: 'bob', emailId: 'bob@example.com' });
    expect(plain.user.avatar).toBeUndefined();
  });
});

const never = () => new Promise<never>(() => undefined);

/** Lets everything run that waits for nothing but promises. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function bound(claims: Claims): Claims {
  return {
    claim: (claim) => claims.claim(claim),
    takeOver: (claim, from) => claims.takeOver(claim, from),
    confirm: (claim) => claims.confirm(claim),
    release: (claim) => claims.release(claim),
    holderOf: (kind, name) => claims.holderOf(kind, name),
  };
}
