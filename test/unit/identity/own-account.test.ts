import { beforeEach, describe, expect, it } from 'vitest';
import { changePassword } from '../../../lambdas/application/identity/change-password.ts';
import { readOwnProfile } from '../../../lambdas/application/identity/read-own-profile.ts';
import { readUser } from '../../../lambdas/application/identity/read-user.ts';
import { searchUsers } from '../../../lambdas/application/identity/search-users.ts';
import { signIn } from '../../../lambdas/application/identity/sign-in.ts';
import { signUp } from '../../../lambdas/application/identity/sign-up.ts';
import { updateProfile } from '../../../lambdas/application/identity/update-profile.ts';
import type { Session } from '../../../lambdas/application/ports/session-tokens.ts';
import { ADA, type IdentityWorld, makeIdentityWorld } from '../../support/identity-world.ts';

let world: IdentityWorld;
let session: Session;
beforeEach(async () => {
  world = makeIdentityWorld();
  ({ session } = await signUp(world.parts, ADA));
});

const login = (password: string) => signIn(world.parts, { login: 'ada', password });

describe('changing the password', () => {
  const change = (currentPassword: string, newPassword: string) =>
    changePassword(world.parts, session, { currentPassword, newPassword });

  it('lets the new one in and the old one no more, also while Cassandra is away', async () => {
    await change(ADA.password, 'difference engine');
    world.setCassandraAway(true);
    await expect(login('difference engine')).resolves.toBeDefined();
    await expect(login(ADA.password)).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it('signs out everywhere else', async () => {
    const other = await login(ADA.password);
    await change(ADA.password, 'difference engine');
    expect(await world.parts.sessions.find(other.session.sessionId)).toBeUndefined();
    expect(await world.parts.sessions.find(session.sessionId)).toBeDefined();
    expect(world.announced).toEqual([
      { type: 'session.revoked', userId: 'ada', exceptSessionId: session.sessionId },
    ]);
  });

  it('wants the current one, and a good new one', async () => {
    await expect(change('wrong password', 'difference engine')).rejects.toMatchObject({
      code: 'wrong_password',
    });
    await expect(change(ADA.password, 'sunshine')).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ field: 'newPassword' }],
    });
    await expect(login(ADA.password)).resolves.toBeDefined();
  });

  it('changes nothing while DynamoDB or Cassandra is away', async () => {
    world.setDynamoAway(true);
    await expect(change(ADA.password, 'difference engine')).rejects.toMatchObject({
      code: 'identity_unavailable',
    });
    world.setDynamoAway(false);
    world.setCassandraAway(true);
    await expect(change(ADA.password, 'difference engine')).rejects.toMatchObject({
      code: 'identity_unavailable',
    });
    await expect(login(ADA.password)).resolves.toBeDefined();
    world.setCassandraAway(false);
    await expect(login(ADA.password)).resolves.toBeDefined();
    await expect(login('difference engine')).rejects.toMatchObject({ code: 'invalid_credentials' });
  });

  it('says so where it could not sign out elsewhere', async () => {
    world.setSessionsAway(true);
    await expect(change(ADA.password, 'difference engine')).rejects.toMatchObject({
      code: 'sessions_unavailable',
      detail: expect.stringContaining('has been changed'),
    });
  });
});

describe('changing the profile', () => {
  const update = (body: Parameters<typeof updateProfile>[2]) => updateProfile(world.parts, session, body);

  it('changes what is given, everywhere it is shown', async () => {
    const changed = await update({ lastName: 'King', avatar: 'https://example.com/a.png' });
    const profile = {
      userId: 'ada',
      firstName: 'Ada',
      lastName: 'King',
      avatar: 'https://example.com/a.png',
    };
    expect(changed).toEqual({
      ...profile,
      emailId: ADA.emailId,
      sessionExpiresAt: session.expiresAt.toISOString(),
      refreshable: true,
    });
    expect(await readOwnProfile(world.parts.identities, session)).toEqual(changed);
    expect(await readUser(world.parts.profiles, 'ada')).toEqual(profile);
    expect(await searchUsers(world.parts, { query: 'king' })).toEqual([profile]);
    expect(await searchUsers(world.parts, { query: 'lovelace' })).toEqual([]);
  });

  it('null takes the picture away', async () => {
    await update({ avatar: 'https://example.com/a.png' });
    expect(await update({ avatar: null })).not.toHaveProperty('avatar');
    expect(await readUser(world.parts.profiles, 'ada')).not.toHaveProperty('avatar');
  });

  it('changes made at once are all kept', async () => {
    await Promise.all([
      update({ firstName: 'Augusta' }),
      update({ lastName: 'King' }),
      changePassword(world.parts, session, {
        currentPassword: ADA.password,
        newPassword: 'difference engine',
      }),
    ]);
    const user = await world.parts.users.find('ada');
    expect(user).toMatchObject({
      firstName: 'Augusta',
      lastName: 'King',
      passwordHash: 'new:difference engine',
    });
    expect((await world.parts.cache.find(['ada'])).get('ada')).toEqual({ user });
  });

  it('is 503 while DynamoDB or Cassandra is away, and nothing that is no longer true is kept', async () => {
    world.setDynamoAway(true);
    await expect(update({ lastName: 'King' })).rejects.toMatchObject({ code: 'identity_unavailable' });
    world.setDynamoAway(false);
    world.setDirectoryAway(true);
    await expect(update({ lastName: 'King' })).rejects.toMatchObject({ code: 'identity_unavailable' });
    world.setDirectoryAway(false);
    // The names were written before it failed: what counts is what Cassandra says.
    const user = await world.parts.users.find('ada');
    expect(await readUser(world.parts.profiles, 'ada')).toMatchObject({ lastName: user?.lastName });
  });
});

describe('looking users up', () => {
  it('by ids leaves unknown ones out and works from the cache while Cassandra is away', async () => {
    const ids = ['ada', 'nobody'];
    expect((await searchUsers(world.parts, { ids })).map(({ userId }) => userId)).toEqual(['ada']);
    world.setCassandraAway(true);
    expect(await searchUsers(world.parts, { ids: ['ada'] })).toHaveLength(1);
    await expect(searchUsers(world.parts, { ids })).rejects.toMatchObject({ code: 'directory_unavailable' });
  });

  it('works from Cassandra while DynamoDB is away', async () => {
    world.setDynamoAway(true);
    expect(await searchUsers(world.parts, { query: 'AD' })).toHaveLength(1);
    expect(await readUser(world.parts.profiles, 'ada')).toMatchObject({ firstName: 'Ada' });
  });

  it('is 503 by name while Cassandra is away', async () => {
    world.setCassandraAway(true);
    await expect(searchUsers(world.parts, { query: 'ada' })).rejects.toMatchObject({
      code: 'directory_unavailable',
    });
  });

  it('never shows an e-mail address, and says who is not there', async () => {
    expect(JSON.stringify(await searchUsers(world.parts, { query: 'ada' }))).not.toContain('@');
    await expect(readUser(world.parts.profiles, 'nobody')).rejects.toMatchObject({ code: 'user_not_found' });
  });

  it('does not find the remains of a sign-up that broke off', async () => {
    await world.parts.userDirectory.add({ userId: 'ghost', firstName: 'Ada', lastName: 'Ghost' });
    expect(await searchUsers(world.parts, { query: 'ghost' })).toEqual([]);
  });
});
