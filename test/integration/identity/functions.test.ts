import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import { newPerson, openFunctions, PASSWORD, signIn } from '../../support/identity-functions.ts';

let functions: Awaited<ReturnType<typeof openFunctions>>;
beforeAll(async () => {
  functions = await openFunctions(inject('stores'));
});
afterAll(() => functions?.remove());

describe('the report’s own user', () => {
  it('is not found, signs up, is found in both stores, signs out and signs in', async () => {
    const browser = functions.browser();
    expect(await signIn(browser, 'cmpe273')).toMatchObject({ status: 401, code: 'invalid_credentials' });
    const person = {
      userId: 'cmpe273',
      emailId: 'CMPE273@gmail.com',
      firstName: 'cmpe273',
      lastName: 'user',
      password: PASSWORD,
    };
    const answer = await browser.call('sign-up', { body: person });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      userId: 'cmpe273',
      emailId: 'cmpe273@gmail.com',
      firstName: 'cmpe273',
      lastName: 'user',
      sessionExpiresAt: expect.any(String),
      refreshable: true,
    });
    const lifetime = Date.parse(answer.body.sessionExpiresAt) - Date.now();
    expect(lifetime).toBeGreaterThan(890_000);
    expect(lifetime).toBeLessThanOrEqual(900_000);
    expect(answer.headers['cache-control']).toBe('no-store');

    const { DynamoIdentityCache } = await import('../../../lambdas/adapters/dynamodb/identity-cache.ts');
    const cache = new DynamoIdentityCache(functions.tables.client, functions.tables.tableName('identities'));
    expect((await cache.find(['cmpe273'])).get('cmpe273')?.user).toMatchObject({
      userId: 'cmpe273',
      passwordHash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/),
    });
    const select = (table: string, column: string) =>
      functions.keyspace.cassandra.execute(`SELECT * FROM ${table} WHERE ${column} = ?`, ['cmpe273']);
    expect(await select('users_by_id', 'user_id')).toHaveLength(1);
    const rows = await select('conversations_by_user', 'user_id');
    expect(rows.map((row) => row.conversation_id)).toEqual([GENERAL_CONVERSATION_ID]);

    expect(await browser.call('read-own-profile')).toMatchObject({
      status: 200,
      body: { userId: 'cmpe273' },
    });
    expect(await browser.call('sign-out')).toMatchObject({ status: 204, body: undefined });
    expect(browser.cookies.size).toBe(0);
    expect(await browser.call('read-own-profile')).toMatchObject({ status: 401, code: 'session_required' });
    expect(await signIn(browser, 'cmpe273@GMAIL.com')).toMatchObject({
      status: 201,
      body: { userId: 'cmpe273' },
    });
  });
});

describe('sign-up', () => {
  it('names each field that is wrong', async () => {
    const { status, body } = await functions.browser().call('sign-up', {
      body: {
        userId: 'No!',
        emailId: 'x',
        firstName: '',
        lastName: 'a'.repeat(51),
        password: 'short',
        avatar: 'http://x',
      },
    });
    expect(status).toBe(422);
    const fields = body.fields.map(({ field }: { field: string }) => field).sort();
    expect([...new Set(fields)]).toEqual([
      'avatar',
      'emailId',
      'firstName',
      'lastName',
      'password',
      'userId',
    ]);
  });

  it.each(['Password1', 'iloveyou', '12341234'])('refuses the password %s', async (password) => {
    expect(await functions.browser().call('sign-up', { body: newPerson({ password }) })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'password' }] },
    });
  });

  it('refuses taken names with 409', async () => {
    const { userId, emailId, browser } = await functions.signedUp();
    expect(await browser.call('sign-up', { body: newPerson({ userId }) })).toMatchObject({
      status: 409,
      code: 'user_id_taken',
      body: { fields: [{ field: 'userId' }] },
    });
    expect(
      await browser.call('sign-up', { body: newPerson({ emailId: emailId.toUpperCase() }) }),
    ).toMatchObject({ status: 409, code: 'email_taken', body: { fields: [{ field: 'emailId' }] } });
  });

  it('of concurrent requests for one user id exactly one wins', async () => {
    const userId = `u${randomUUID().slice(0, 12)}`;
    const people = [1, 2, 3, 4].map((n) => newPerson({ userId, password: `${PASSWORD} ${n}` }));
    const answers = await Promise.all(people.map((body) => functions.browser().call('sign-up', { body })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const winner = people[answers.findIndex(({ status }) => status === 201)];
    expect(await signIn(functions.browser(), userId, winner?.password as string)).toMatchObject({
      status: 201,
      body: { emailId: winner?.emailId },
    });
  });
});

describe('sign-in', () => {
  it('answers an unknown user as a wrong password, in the same time', async () => {
    const { userId } = await functions.signedUp();
    const attempt = async (login: string) => {
      // A caller of its own each time: the limits are not what is looked at here.
      const browser = functions.browser(`203.0.113.${Math.ceil(Math.random() * 250)}`);
      const startedAt = performance.now();
      const { status, headers, cookies, body } = await signIn(browser, login, 'a wrong password');
      const { requestId: _requestId, ...problem } = body;
      return { milliseconds: performance.now() - startedAt, answer: { status, headers, cookies, problem } };
    };
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      const [wrong, missing] = [await attempt(userId), await attempt(`x${randomUUID().slice(0, 12)}`)];
      expect(missing.answer).toEqual(wrong.answer);
      expect(wrong.answer.status).toBe(401);
      known.push(wrong.milliseconds);
      unknown.push(missing.milliseconds);
    }
    // One hash is most of it; without it the one would be answered several times faster than the other.
    const ratio = median(known) / median(unknown);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.7);
  });

  it('is 429 after ten attempts at one login, in any case, from wherever, and says how long', async () => {
    const { userId } = await functions.signedUp();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const login = attempt % 2 === 0 ? userId : userId.toUpperCase();
      expect((await signIn(functions.browser(), login, 'a wrong password')).status).toBe(401);
    }
    const refused = await signIn(functions.browser(), ` ${userId}`);
    expect(refused).toMatchObject({ status: 429, code: 'too_many_requests' });
    const wait = Number(refused.headers['retry-after']);
    expect(wait).toBeGreaterThan(250);
    expect(wait).toBeLessThanOrEqual(300);
    expect(refused.body.retryAfter).toBe(wait);
  });

  it('is 429 after a hundred attempts from one address', async () => {
    const browser = functions.browser('198.51.100.1');
    const attempts = Array.from({ length: 101 }, (_, n) =>
      browser.call('sign-in', { body: { login: `nobody${n}` } }),
    );
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 422)).toHaveLength(100);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });
});

describe('a session', () => {
  it('is asked for: none, forged and foreign ones are refused', async () => {
    const { browser } = await functions.signedUp();
    expect(await functions.browser().call('read-own-profile')).toMatchObject({
      status: 401,
      code: 'session_required',
    });
    const cookie = browser.cookies.get('__Host-ping-me-session');
    const forger = functions.browser();
    forger.cookies.set('__Host-ping-me-session', { path: '/', value: `${cookie?.value.slice(0, -4)}AAAA` });
    expect(await forger.call('read-own-profile')).toMatchObject({ status: 401, code: 'session_required' });
    expect(
      await browser.call('update-own-profile', {
        body: { firstName: 'Eve' },
        headers: { origin: 'https://evil.example.com' },
      }),
    ).toMatchObject({ status: 403, code: 'origin_refused' });
  });

  it('is refreshed: the same successor for two requests, the session goes on', async () => {
    const { browser } = await functions.signedUp();
    const before = new Map(browser.cookies);
    const answer = await browser.call('refresh-session');
    expect(answer).toMatchObject({ status: 200, body: { sessionExpiresAt: expect.any(String) } });
    const after = browser.cookies.get('__Secure-ping-me-refresh');
    expect(after?.value).not.toBe(before.get('__Secure-ping-me-refresh')?.value);
    const otherTab = functions.browser();
    for (const [name, cookie] of before) otherTab.cookies.set(name, cookie);
    expect((await otherTab.call('refresh-session')).status).toBe(200);
    expect(otherTab.cookies.get('__Secure-ping-me-refresh')).toEqual(after);
    expect((await browser.call('read-own-profile')).status).toBe(200);
  });

  it('that was signed out is never refreshed again', async () => {
    const { browser } = await functions.signedUp();
    const kept = new Map(browser.cookies);
    await browser.call('sign-out');
    const thief = functions.browser();
    for (const [name, cookie] of kept) thief.cookies.set(name, cookie);
    expect(await thief.call('refresh-session')).toMatchObject({ status: 401, code: 'refresh_refused' });
    expect(thief.cookies.size).toBe(0);
  });
});

describe('one’s own account', () => {
  it('takes other names and another picture, and is found by them', async () => {
    const { browser, userId } = await functions.signedUp();
    const word = `w${randomUUID().slice(0, 8)}`;
    const changed = await browser.call('update-own-profile', {
      body: { lastName: word, avatar: 'gravatar' },
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { lastName: word, avatar: expect.stringMatching(/^https:/) },
    });
    const found = await browser.call('search-users', { query: { query: word.toUpperCase() } });
    expect(found.body.users).toEqual([
      { userId, firstName: 'Ada', lastName: word, avatar: changed.body.avatar },
    ]);
    expect(await browser.call('read-user', { params: { userId } })).toMatchObject({
      status: 200,
      body: { lastName: word },
    });
    const ids = await browser.call('search-users', { query: { ids: `${userId},nobody` } });
    expect(ids.body.users).toHaveLength(1);
    expect(await browser.call('read-user', { params: { userId: 'nobody' } })).toMatchObject({
      status: 404,
      code: 'user_not_found',
    });
  });

  it('takes another password, which signs out everywhere else', async () => {
    const { browser, userId } = await functions.signedUp();
    const elsewhere = functions.browser();
    await signIn(elsewhere, userId);
    const change = (currentPassword: string, newPassword: string) =>
      browser.call('change-own-password', { body: { currentPassword, newPassword } });
    expect(await change('a wrong password', 'a new password, long')).toMatchObject({
      status: 403,
      code: 'wrong_password',
    });
    expect(await change(PASSWORD, userId)).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'newPassword' }] },
    });
    expect(await change(PASSWORD, 'a new password, long')).toMatchObject({ status: 204 });
    expect(await signIn(functions.browser(), userId)).toMatchObject({ status: 401 });
    expect(await signIn(functions.browser(), userId, 'a new password, long')).toMatchObject({ status: 201 });
    expect(await elsewhere.call('refresh-session')).toMatchObject({ status: 401, code: 'refresh_refused' });
    expect(await browser.call('refresh-session')).toMatchObject({ status: 200 });
  });
});
