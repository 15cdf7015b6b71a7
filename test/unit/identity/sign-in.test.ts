import { beforeEach, describe, expect, it } from 'vitest';
import { signIn } from '../../../lambdas/application/identity/sign-in.ts';
import { signUp } from '../../../lambdas/application/identity/sign-up.ts';
import { ADA, type IdentityWorld, makeIdentityWorld } from '../../support/identity-world.ts';

let world: IdentityWorld;
beforeEach(async () => {
  world = makeIdentityWorld();
  await signUp(world.parts, ADA);
  for (const list of [world.verified, world.counted, world.calls.users, world.calls.cache]) list.length = 0;
});

const attempt = (login: string, password: string = ADA.password) => signIn(world.parts, { login, password });

describe('signing in', () => {
  it.each(['ada', 'ADA', 'ada@example.com', 'Ada@Example.com'])('with %s', async (login) => {
    const { user, session } = await attempt(login);
    expect(user.userId).toBe('ada');
    expect(session).toMatchObject({ userId: 'ada', refreshable: true });
    expect(world.counted).toEqual(['IdentityCacheHits', 'SignInsAccepted']);
  });

  it('asks the cache, and Cassandra only where the cache does not know', async () => {
    await attempt('ada');
    expect(world.calls.users).toEqual([]);
  });

  it.each([
    ['a user id', 'ada', 'nobody'],
    ['an e-mail address', 'ada@example.com', 'nobody@example.com'],
  ])(
    'refuses a wrong password and an unknown user alike and with the same work: %s',
    async (_, known, unknown) => {
      const work = [];
      for (const login of [known, unknown]) {
        world.verified.length = 0;
        world.calls.users.length = 0;
        await expect(attempt(login, 'wrong password')).rejects.toMatchObject({ code: 'invalid_credentials' });
        // Every hash that is verified has today's parameters, also where there is no user.
        expect(world.verified).toEqual([
          login === known ? 'new:analytical engine' : world.parts.passwordHasher.decoy,
        ]);
        work.push({ hashes: world.verified.length, truth: world.calls.users.length });
      }
      expect(work[0]).toEqual(work[1]);
      expect(work[0]).toEqual({ hashes: 1, truth: 1 });
      expect(world.counted.filter((metric) => metric === 'SignInsRefused')).toHaveLength(2);
    },
  );

  it('with a password that was changed past the cache: the truth decides', async () => {
    await world.parts.users.writePasswordHash('ada', 'new:difference engine');
    await expect(attempt('ada', 'difference engine')).resolves.toBeDefined();
  });

  it('of known users works while Cassandra is away; of others nobody can say', async () => {
    world.setCassandraAway(true);
    await expect(attempt('ada')).resolves.toBeDefined();
    await expect(attempt('ada@example.com')).resolves.toBeDefined();
    await expect(attempt('ada', 'wrong password')).rejects.toMatchObject({ code: 'invalid_credentials' });
    await expect(attempt('nobody')).rejects.toMatchObject({ code: 'identity_unavailable' });
  });

  it('works while DynamoDB is away, with a session that can not be refreshed', async () => {
    world.setDynamoAway(true);
    const { session, cookies } = await attempt('ada@example.com');
    expect(session.refreshable).toBe(false);
    expect(cookies).toEqual([
      expect.stringMatching(
        /^__Host-ping-me-session=.+; Path=\/; Max-Age=900; HttpOnly; Secure; SameSite=Strict$/,
      ),
      expect.stringContaining('__Secure-ping-me-refresh=; Path=/api/session; Max-Age=0;'),
    ]);
  });

  it('replaces a hash that was made with less effort, and signs in also where it can not', async () => {
    await world.parts.identities.change('ada', async (user) => {
      await world.parts.users.writePasswordHash('ada', 'old:analytical engine');
      return { ...user, passwordHash: 'old:analytical engine' };
    });
    world.setCassandraAway(true);
    await expect(attempt('ada')).resolves.toBeDefined();
    world.setCassandraAway(false);
    await attempt('ada');
    expect((await world.parts.users.find('ada'))?.passwordHash).toBe('new:analytical engine');
    expect((await world.parts.cache.find(['ada'])).get('ada')?.user?.passwordHash).toBe(
      'new:analytical engine',
    );
  });
});
