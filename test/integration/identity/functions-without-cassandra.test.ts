import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DynamoIdentityCache } from '../../../lambdas/adapters/dynamodb/identity-cache.ts';
import { Argon2idPasswordHasher } from '../../../lambdas/adapters/identity/argon2id-password-hasher.ts';
import { openFunctions } from '../../support/identity-functions.ts';
import { newUser } from '../../support/ports/users-suite.ts';

const PASSWORD = 'an engine, analytical';
/** Nothing listens there ("discard", RFC 863), and tests may not open it. */
const CLOSED_PORT = '9';

let functions: Awaited<ReturnType<typeof openFunctions>>;
const user = newUser();
beforeAll(async () => {
  functions = await openFunctions(inject('stores'), { CASSANDRA_PORT: CLOSED_PORT });
  const cache = new DynamoIdentityCache(functions.tables.client, functions.tables.tableName('identities'));
  const passwordHash = await new Argon2idPasswordHasher().hash(PASSWORD);
  await cache.fill({ ...user, passwordHash }, undefined, new Date());
});
afterAll(() => functions?.remove());

describe('with Cassandra away', () => {
  it('a known user signs in and out, by user id and by e-mail address, and refreshes', async () => {
    for (const login of [user.userId, user.emailId]) {
      const browser = functions.browser();
      expect(await browser.call('sign-in', { body: { login, password: PASSWORD } })).toMatchObject({
        status: 201,
        body: { userId: user.userId, refreshable: true },
      });
      expect(await browser.call('read-own-profile')).toMatchObject({ status: 200 });
      expect(await browser.call('refresh-session')).toMatchObject({ status: 200 });
      expect(await browser.call('sign-out')).toMatchObject({ status: 204 });
    }
  });

  it('a wrong password is refused, and of an unknown user nobody can say', async () => {
    const attempt = (login: string) =>
      functions.browser().call('sign-in', { body: { login, password: 'a wrong password' } });
    expect(await attempt(user.userId)).toMatchObject({ status: 401, code: 'invalid_credentials' });
    expect(await attempt('nobody')).toMatchObject({ status: 503, code: 'identity_unavailable' });
  });

  it('what needs the truth is 503, and leaves the known user as it was', async () => {
    const browser = functions.browser();
    await browser.call('sign-in', { body: { login: user.userId, password: PASSWORD } });
    const stranger = { userId: 'stranger', emailId: 's@example.com', firstName: 'S', lastName: 'T' };
    expect(await browser.call('sign-up', { body: { ...stranger, password: PASSWORD } })).toMatchObject({
      status: 503,
      code: 'identity_unavailable',
      headers: { 'retry-after': '1' },
    });
    expect(await browser.call('update-own-profile', { body: { firstName: 'Eve' } })).toMatchObject({
      status: 503,
      code: 'identity_unavailable',
    });
    const passwords = { currentPassword: PASSWORD, newPassword: 'a new password, long' };
    expect(await browser.call('change-own-password', { body: passwords })).toMatchObject({
      status: 503,
      code: 'identity_unavailable',
    });
    expect(await browser.call('search-users', { query: { query: 'ada' } })).toMatchObject({
      status: 503,
      code: 'directory_unavailable',
    });
    expect(await browser.call('search-users', { query: { ids: user.userId } })).toMatchObject({
      status: 200,
      body: { users: [{ userId: user.userId }] },
    });
    expect(await browser.call('read-user', { params: { userId: user.userId } })).toMatchObject({
      status: 200,
    });
    expect(
      await functions.browser().call('sign-in', { body: { login: user.userId, password: PASSWORD } }),
    ).toMatchObject({ status: 201 });
  });
});
