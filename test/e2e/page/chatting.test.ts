import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Outbox } from '../../../drills/client/outbox.ts';
import { composerOf, signInOn } from '../../../drills/client/page.ts';
import { Person } from '../../../drills/client/person.ts';
import { Recorder } from '../../../drills/ledger/recorder.ts';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { launchBrowser } from '../../../local/browser/browser.ts';
import {
  expectAccessible,
  goToChannel,
  messageWith,
  openWindow,
  type Window,
  write,
} from '../../support/page.ts';
import { nodes } from '../../support/system.ts';

const { origin } = inject('system');
let browser: Browser;
let ada: Person;
let bob: Person;
let window: Window;
let room: { name: string; conversationId: string };

beforeAll(async () => {
  browser = await launchBrowser(inject('browserPath'));
  [ada, bob] = [await Person.signUp(origin), await Person.signUp(origin)];
  const name = `room-${ada.userId.slice(-6)}`;
  room = { name, conversationId: await ada.createChannel(name) };
  await bob.join(room.conversationId);
  window = await openWindow(browser);
  await signInOn(window.page, ada);
});
afterAll(async () => {
  expect(window.complaints).toEqual([]);
  await browser?.close();
});

const outboxOf = (person: Person) => new Outbox(person, { recorder: new Recorder() });

describe('a message', () => {
  it('of HTML and scripts is shown as the text that it is', async () => {
    const { page } = window;
    await goToChannel(page, room.name);
    const text = '<img src=x onerror="document.title=1"><script>alert(1)</script> & <b>bold</b>';
    await write(page, text);
    await messageWith(page, text).waitFor();
    expect(await page.getByRole('log').locator('script, b, img[src="x"]').count()).toBe(0);
  });

  it('is stored in the end, and says so', async () => {
    const { page } = window;
    await write(page, 'how far has this come?');
    await page.getByRole('log').getByText('Stored').last().waitFor({ state: 'attached' });
  });

  it('Shift+Enter breaks the line, Enter sends', async () => {
    const { page } = window;
    await composerOf(page).pressSequentially('first line');
    await composerOf(page).press('Shift+Enter');
    await composerOf(page).pressSequentially('second line');
    await composerOf(page).press('Enter');
    await page.getByRole('log').getByText('first line\nsecond line').waitFor();
    expect(await composerOf(page).inputValue()).toBe('');
  });

  it('waits in the outbox while the log is away, survives a reload, and goes out once', async () => {
    const { page } = window;
    await goToChannel(page, room.name);
    const brokers = [1, 2, 3];
    for (const broker of brokers) await nodes().kill('kafka', broker);
    try {
      await write(page, 'written while the log was away');
      await page.getByText('Waiting for the connection').first().waitFor();
      await page.reload();
      await messageWith(page, 'written while the log was away').waitFor();
    } finally {
      for (const broker of brokers) await nodes().start('kafka', broker);
      for (const broker of brokers) await nodes().waitUntilReady('kafka', broker);
    }
    const copies = async () =>
      (await bob.readHistory(room.conversationId)).filter(
        ({ content }) => content === 'written while the log was away',
      ).length;
    await waitFor('the message to be in history', async () => (await copies()) > 0, 120_000);
    await page.getByText('Waiting for the connection').first().waitFor({ state: 'detached' });
    expect(await messageWith(page, 'written while the log was away').count()).toBe(1);
    expect(await copies()).toBe(1);
  });
});

describe('a draft', () => {
  it('is kept per conversation, also over a reload', async () => {
    const { page } = window;
    await goToChannel(page, room.name);
    await composerOf(page).fill('half a thought');
    await page.getByRole('link', { name: /general/ }).click();
    await page.waitForURL('**/channels/general');
    expect(await composerOf(page).inputValue()).toBe('');
    await page.getByRole('link', { name: new RegExp(room.name) }).click();
    expect(await composerOf(page).inputValue()).toBe('half a thought');
    await page.reload();
    await waitFor(
      'the draft to be back',
      async () => (await composerOf(page).inputValue()) === 'half a thought',
    );
    await composerOf(page).fill('');
  });
});

describe('unread messages', () => {
  it('are counted in the side bar while one is elsewhere, and gone once read', async () => {
    const { page } = window;
    await page.getByRole('link', { name: /general/ }).click();
    await page.waitForURL('**/channels/general');
    for (const text of ['one', 'two', 'three']) await outboxOf(bob).send(room.conversationId, text);
    const link = page
      .getByRole('navigation', { name: 'Conversations' })
      .getByRole('link', { name: new RegExp(room.name) });
    await waitFor('three unread messages', async () => /3 unread/.test((await link.textContent()) ?? ''));
    await link.click();
    await messageWith(page, 'three').waitFor();
    await waitFor('none unread', async () => !/unread/.test((await link.textContent()) ?? ''));
    await page.reload();
    await messageWith(page, 'three').waitFor();
    await waitFor('none unread after a reload', async () => !/unread/.test((await link.textContent()) ?? ''));
  });
});

describe('a long history', () => {
  it('opens at its end and loads older messages while scrolling up, without jumping, each once', async () => {
    const { page } = window;
    const name = `long-${ada.userId.slice(-6)}`;
    const conversationId = await ada.createChannel(name);
    const outbox = outboxOf(ada);
    for (let index = 0; index < 160; index += 1) await outbox.send(conversationId, `line ${index}`);
    await waitFor('all to be stored', async () => (await ada.readHistory(conversationId)).length === 160);
    await goToChannel(page, name);
    await messageWith(page, 'line 159').waitFor();
    const log = page.getByRole('log');
    await log.hover();
    await waitFor('the first message', async () => {
      await page.mouse.wheel(0, -2_000);
      return (await messageWith(page, 'line 0').count()) === 1;
    });
    expect(await messageWith(page, 'line 0').isVisible()).toBe(true);
    await page.getByRole('button', { name: /Jump to latest/ }).click();
    await waitFor('the end', () => messageWith(page, 'line 159').isVisible());
  });
});

describe('the page for everyone', () => {
  it.each([
    ['light', 1280, 800],
    ['dark', 1280, 800],
    ['light', 390, 844],
    ['dark', 390, 844],
  ] as const)('axe finds nothing in %s at %i × %i', async (colorScheme, width, height) => {
    const other = await openWindow(browser, { colorScheme, width, height });
    try {
      await other.page.goto('/login');
      await other.page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
      await expectAccessible(other.page);
      await other.page.goto('/sign-up');
      await other.page.getByRole('button', { name: 'Create account' }).waitFor();
      await expectAccessible(other.page);
      await other.page.goto('/login');
      await other.page.getByLabel('User name or e-mail').fill(bob.userId);
      await other.page.getByLabel('Password', { exact: true }).fill(bob.password);
      await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await other.page.waitForURL((url) => url.pathname !== '/login');
      await goToChannel(other.page, room.name);
      await messageWith(other.page, 'three').waitFor();
      await expectAccessible(other.page);
      await other.page.goto('/browse');
      await other.page
        .getByRole('heading', { name: /channels/i })
        .first()
        .waitFor();
      await expectAccessible(other.page);
      await other.page.goto('/profile');
      await other.page.getByLabel('First name').waitFor();
      await expectAccessible(other.page);
      expect(other.complaints).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('can be used by keyboard alone: find a conversation, write, send', async () => {
    const { page } = window;
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find people and channels' }).waitFor();
    await page.keyboard.type(room.name);
    const chosen = page.getByRole('option', { name: new RegExp(room.name), selected: true });
    // What is found changes while one types; Enter takes what is chosen at that moment.
    await waitFor('the channel that was asked for', async () => {
      if (new URL(page.url()).pathname === `/channels/${room.name}`) return true;
      if ((await chosen.count()) > 0) await page.keyboard.press('Enter');
      return false;
    });
    await waitFor('the composer to have the focus', () =>
      composerOf(page).evaluate((element) => element === document.activeElement),
    );
    await page.keyboard.type('typed without a mouse');
    await page.keyboard.press('Enter');
    await messageWith(page, 'typed without a mouse').waitFor();
  });
});
