import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { newPerson, openFunctions, PASSWORD, signIn } from '../../support/identity-functions.ts';

let functions: Awaited<ReturnType<typeof openFunctions>>;
beforeAll(async () => {
  functions = await openFunctions(inject('stores'));
});
afterAll(() => functions?.remove());

describe('with DynamoDB away', () => {
  it('people sign up, sign in and go on; what would leave a stale copy waits; limits hold', async () => {
    const { browser, userId, emailId } = await functions.signedUp();
    functions.dynamodb.refuse();
    functions.dynamodb.cut();
    try {
      const person = newPerson();
      const fresh = functions.browser();
      expect(await fresh.call('sign-up', { body: person })).toMatchObject({
        status: 201,
        body: { refreshable: false },
      });
      expect(fresh.cookies.has('__Secure-ping-me-refresh')).toBe(false);
      expect(await fresh.call('read-own-profile')).toMatchObject({
        status: 200,
        body: { refreshable: false },
      });
      expect(await signIn(functions.browser(), emailId)).toMatchObject({
        status: 201,
        body: { refreshable: false },
      });
      expect(await browser.call('read-own-profile')).toMatchObject({ status: 200 });
      expect(await browser.call('search-users', { query: { query: userId } })).toMatchObject({ status: 200 });
      expect(await browser.call('refresh-session')).toMatchObject({
        status: 503,
        code: 'sessions_unavailable',
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
      const guesses = [];
      for (let guess = 0; guess < 11; guess += 1)
        guesses.push((await signIn(functions.browser(), 'victim')).status);
      expect(guesses).toEqual([...Array(10).fill(401), 429]);
      const out = await browser.call('sign-out');
      expect(out).toMatchObject({ status: 503, code: 'sessions_unavailable' });
      expect(out.cookies).toHaveLength(2);
      expect(browser.cookies.size).toBe(0);
    } finally {
      await functions.dynamodb.accept();
    }
    const back = functions.browser();
    await waitFor('DynamoDB to be back', async () => (await signIn(back, userId)).body.refreshable === true);
    expect((await back.call('update-own-profile', { body: { firstName: 'Augusta' } })).status).toBe(200);
  });
});
