import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { Client } from 'cassandra-driver';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { signInOn } from '../../../drills/client/page.ts';
import { Person } from '../../../drills/client/person.ts';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { launchBrowser } from '../../../local/browser/browser.ts';
import { messageWith, openWindow, signOutOn, type Window, write } from '../../support/page.ts';

/** The walk-through of the report that Ping Me comes from, in two browsers on the real stores. */
const system = inject('system');
const PASSWORD = 'a password for cmpe 273!';
let browser: Browser;
let cmpe273: Window;
let deanne: Window;
let deannePerson: Person;
let cassandra: Client;
let dynamodb: DynamoDBDocumentClient;

beforeAll(async () => {
  browser = await launchBrowser(inject('browserPath'));
  cmpe273 = await openWindow(browser);
  deanne = await openWindow(browser);
  cassandra = new Client({
    contactPoints: [...system.cassandra.contactPoints],
    localDataCenter: system.cassandra.localDataCenter,
    protocolOptions: { port: system.cassandra.port },
    keyspace: system.keyspace,
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  dynamodb = DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint: system.dynamodb.endpoint, region: 'us-east-1', credentials }),
  );
  deannePerson = await Person.signUp(system.origin, 'deanne');
  const founder = await Person.signUp(system.origin);
  const channel = await founder.createChannel('cmpe275');
  await deannePerson.join(channel);
});
afterAll(async () => {
  await browser?.close();
  await cassandra?.shutdown();
  dynamodb?.destroy();
});

const inCassandra = async () =>
  (
    await cassandra.execute('SELECT user_id, password_hash FROM users_by_id WHERE user_id = ?', ['cmpe273'], {
      prepare: true,
    })
  ).first();
const inCache = async () =>
  (
    await dynamodb.send(
      new GetCommand({ TableName: `${system.tablePrefix}identities`, Key: { id: 'user#cmpe273' } }),
    )
  ).Item;

it('sign up, sign out, sign in, post to a channel and to a person, heard live and after a reload, signed out for good', async () => {
  const { page } = cmpe273;
  expect(await inCassandra()).toBeNull();
  expect(await inCache()).toBeUndefined();

  await page.goto('/login');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('User name').fill('cmpe273');
  await page.getByLabel('E-mail').fill('cmpe273@gmail.com');
  await page.getByLabel('First name').fill('cmpe273');
  await page.getByLabel('Last name').fill('user');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();

  expect((await inCassandra())?.password_hash).toMatch(/^\$argon2id\$/);
  const cached = await inCache();
  expect(cached).toMatchObject({ id: 'user#cmpe273' });
  expect(JSON.stringify(cached)).not.toContain(PASSWORD);

  await signOutOn(page);
  await signInOn(page, { userId: 'cmpe273', password: PASSWORD });

  // Deanne is in the channel already, in a browser of her own.
  await signInOn(deanne.page, deannePerson);
  await deanne.page.getByRole('link', { name: /cmpe275/ }).click();

  await page.getByRole('link', { name: 'Browse channels' }).click();
  // Other tests have made channels too; this one is found by its name.
  await page.getByLabel('Find a channel').fill('cmpe275');
  await page.getByRole('button', { name: 'Join #cmpe275' }).click();
  await page.waitForURL('**/channels/cmpe275');
  await write(page, 'Hey everyone');
  await messageWith(page, 'Hey everyone').waitFor();
  await messageWith(deanne.page, 'Hey everyone').waitFor();

  await page.getByRole('button', { name: 'Write to someone' }).click();
  await page.getByRole('combobox', { name: 'Find people' }).fill('Dean');
  await page
    .getByRole('option', { name: /deanne/ })
    .first()
    .click();
  await page.waitForURL('**/messages/deanne');
  await write(page, 'Hey deanne!!');
  await deanne.page.getByRole('link', { name: /cmpe273 user/ }).click();
  await messageWith(deanne.page, 'Hey deanne!!').waitFor();

  await page.reload();
  await messageWith(page, 'Hey deanne!!').waitFor();
  await deanne.page.reload();
  await messageWith(deanne.page, 'Hey deanne!!').waitFor();
  for (const window of [page, deanne.page]) {
    await window.getByRole('link', { name: /cmpe275/ }).click();
    await messageWith(window, 'Hey everyone').waitFor();
    expect(await messageWith(window, 'Hey everyone').count()).toBe(1);
  }

  await signOutOn(page);
  await page.goBack();
  await waitFor('the login page after going back', () => new URL(page.url()).pathname === '/login');
  expect(await page.getByText('Hey everyone').count()).toBe(0);
  expect(await page.getByText('Hey deanne!!').count()).toBe(0);
  expect([...cmpe273.complaints, ...deanne.complaints]).toEqual([]);
});
