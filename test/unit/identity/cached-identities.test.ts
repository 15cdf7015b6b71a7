import { beforeEach, describe, expect, it } from 'vitest';
import { signUp } from '../../../lambdas/application/identity/sign-up.ts';
import type { User } from '../../../lambdas/application/ports/users.ts';
import { ADA, type IdentityWorld, makeIdentityWorld } from '../../support/identity-world.ts';

let world: IdentityWorld;
let user: User;
beforeEach(async () => {
  world = makeIdentityWorld();
  ({ user } = await signUp(world.parts, ADA));
  for (const list of [world.counted, world.calls.users, world.calls.cache]) list.length = 0;
});

const begin = (changeId: string, seconds: number) => {
  const now = world.parts.now();
  return world.parts.cache.beginChange(
    'ada',
    { changeId, until: new Date(now.getTime() + seconds * 1000) },
    now,
  );
};
const held = async () => (await world.parts.cache.find(['ada'])).get('ada');

describe('the cache in front of the users', () => {
  it('answers alone, and is filled where it does not know', async () => {
    expect(await world.parts.identities.find('ada')).toEqual(user);
    expect(world.calls.users).toEqual([]);
    world.setDynamoAway(true);
    const { user: bob } = await signUp(world.parts, { ...ADA, userId: 'bob', emailId: 'bob@example.com' });
    world.setDynamoAway(false);
    expect(await world.parts.identities.findByLogin('bob@example.com')).toEqual({
      user: bob,
      source: 'truth',
    });
    expect(await world.parts.identities.findByLogin('bob@example.com')).toEqual({
      user: bob,
      source: 'cache',
    });
    expect(world.counted).toEqual(['IdentityCacheHits', 'IdentityCacheMisses', 'IdentityCacheHits']);
  });

  it('is not filled while it is away, and does not make anyone wait for that', async () => {
    world.setDynamoAway(true);
    expect(await world.parts.identities.findByLogin('ada@example.com')).toEqual({ user, source: 'truth' });
    expect(world.calls.cache).toEqual(['userIdOf']);
  });

  it('with a change under way the truth is asked, and nothing is kept of the answer', async () => {
    await begin('one', 30);
    expect(await world.parts.identities.find('ada')).toEqual(user);
    expect((await held())?.pendingChange?.changeId).toBe('one');
    expect(world.counted).toEqual(['IdentityCacheMisses']);
  });

  it('with a change under way and the truth away what is held is better than nothing', async () => {
    await begin('one', 30);
    world.setCassandraAway(true);
    expect(await world.parts.identities.find('ada')).toEqual(user);
  });

  it('after a change broke off the next one who asks brings the truth', async () => {
    await begin('one', 30);
    await world.parts.users.writePasswordHash('ada', 'changed');
    world.pass(30);
    expect((await world.parts.identities.find('ada'))?.passwordHash).toBe('changed');
    expect(await held()).toEqual({ user: { ...user, passwordHash: 'changed' } });
  });

  it('a change that fails leaves what is held in doubt, and the next change free to begin', async () => {
    const failing = world.parts.identities.change('ada', async () => {
      await world.parts.users.writePasswordHash('ada', 'changed');
      throw new Error('half way');
    });
    await expect(failing).rejects.toThrow('half way');
    expect((await held())?.pendingChange).toBeDefined();
    await world.parts.identities.change('ada', async (truth) => truth);
    expect(await held()).toEqual({ user: { ...user, passwordHash: 'changed' } });
  });

  it('a change waits for another one, but not for ever', async () => {
    await begin('one', 30);
    await expect(world.parts.identities.change('ada', async (truth) => truth)).rejects.toMatchObject({
      name: 'StoreUnavailableError',
    });
    expect((await held())?.pendingChange?.changeId).toBe('one');
  });

  it('a change of nobody is none', async () => {
    expect(await world.parts.identities.change('nobody', async (truth) => truth)).toBeUndefined();
  });
});
