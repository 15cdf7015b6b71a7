import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Outbox } from '../../../drills/client/outbox.ts';
import { composerOf, signInOn } from '../../../drills/client/page.ts';
import { Person } from '../../../drills/client/person.ts';
import { Recorder } from '../../../drills/ledger/recorder.ts';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { launchBrowser } from '../../../local/browser/browser.ts';
import {
  askToSignOut,
  goToChannel,
  messageWith,
  openWindow,
  signOutOn,
  type Window,
  write,
} from '../../support/page.ts';

const { origin } = inject('system');
let browser: Browser;
let ada: Person;
let bob: Person;
let window: Window;
let page: Page;
let room: { name: string; conversationId: string };

beforeAll(async () => {
  browser = await launchBrowser(inject('browserPath'));
  [ada, bob] = [await Person.signUp(origin), await Person.signUp(origin)];
  const name = `room-${ada.userId.slice(-6)}`;
  room = { name, conversationId: await ada.createChannel(name) };
  await bob.join(room.conversationId);
  window = await openWindow(browser);
  page = window.page;
  await signInOn(page, ada);
});
afterAll(async () => {
  expect(window.complaints).toEqual([]);
  await browser?.close();
});

const outboxOf = (person: Person) => new Outbox(person, { recorder: new Recorder() });
const copiesOf = async (text: string) =>
  (await bob.readHistory(room.conversationId)).filter(({ content }) => content === text).length;
const waiting = () => page.getByText('Waiting for the connection').first();

/** Takes the network away, writes, and waits until the page says that the message waits. */
async function writeOffline(text: string): Promise<void> {
  // What asks about unsent messages has to be there before the network goes.
  await waitFor('the page to have all its parts', () =>
    page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => /sign-out/.test(name))),
  );
  await page.context().setOffline(true);
  await write(page, text);
  await waiting().waitFor();
}

describe('without a network', () => {
  it('a message waits, and goes out once when it is back', async () => {
    await goToChannel(page, room.name);
    await writeOffline('written on a train');
    expect(await copiesOf('written on a train')).toBe(0);
    await page.context().setOffline(false);
    await waiting().waitFor({ state: 'detached' });
    await waitFor('it to be in history', async () => (await copiesOf('written on a train')) > 0);
    expect(await copiesOf('written on a train')).toBe(1);
    expect(await messageWith(page, 'written on a train').count()).toBe(1);
  });

  it('what is kept at sign-out is hidden from the next user and goes out when its own signs in again', async () => {
    await goToChannel(page, room.name);
    await writeOffline('kept for later');
    await composerOf(page).fill('half a thought');
    await askToSignOut(page);
    await page.getByRole('button', { name: 'Keep and sign out' }).click();
    await page.waitForURL('**/login');
    await page.context().setOffline(false);

    await signInOn(page, bob);
    await goToChannel(page, room.name);
    await messageWith(page, 'written on a train').waitFor();
    expect(await messageWith(page, 'kept for later').count()).toBe(0);
    expect(await composerOf(page).inputValue()).toBe('');
    expect(await copiesOf('kept for later')).toBe(0);
    await signOutOn(page);

    await signInOn(page, ada);
    await goToChannel(page, room.name);
    await messageWith(page, 'kept for later').waitFor();
    expect(await composerOf(page).inputValue()).toBe('half a thought');
    await waitFor('it to be in history', async () => (await copiesOf('kept for later')) > 0);
    expect(await copiesOf('kept for later')).toBe(1);
  });

  it('what is discarded at sign-out is gone, the drafts too', async () => {
    await goToChannel(page, room.name);
    await writeOffline('better not');
    await askToSignOut(page);
    await page.getByRole('button', { name: 'Discard and sign out' }).click();
    await page.waitForURL('**/login');
    await page.context().setOffline(false);
    await signInOn(page, ada);
    await goToChannel(page, room.name);
    await messageWith(page, 'kept for later').waitFor();
    expect(await messageWith(page, 'better not').count()).toBe(0);
    expect(await composerOf(page).inputValue()).toBe('');
    expect(await copiesOf('better not')).toBe(0);
  });
});

it('a channel that is only looked at can be joined and written to from its own page', async () => {
  const name = `look-${ada.userId.slice(-6)}`;
  const conversationId = await bob.createChannel(name);
  await outboxOf(bob).send(conversationId, 'come in');
  await goToChannel(page, name);
  await messageWith(page, 'come in').waitFor();
  expect(await composerOf(page).count()).toBe(0);
  await page.getByRole('button', { name: `Join #${name}` }).click();
  await composerOf(page).waitFor();
  await write(page, 'here I am');
  await messageWith(page, 'here I am').waitFor();
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name }).waitFor();
  await waitFor('it to be in history', async () =>
    (await bob.readHistory(conversationId)).some(({ content }) => content === 'here I am'),
  );
});

it('an own message is shown although one was reading further up', async () => {
  const name = `high-${ada.userId.slice(-6)}`;
  const conversationId = await ada.createChannel(name);
  for (let at = 0; at < 12; at += 1) await outboxOf(ada).send(conversationId, `line\n`.repeat(8) + at);
  await goToChannel(page, name);
  await page.getByRole('log').getByText(/11$/).waitFor();
  const jump = page.getByRole('button', { name: /Jump to latest/ });
  await page.getByRole('log').hover();
  await waitFor('to be further up', async () => {
    await page.mouse.wheel(0, -500);
    return jump.isVisible();
  });
  await write(page, 'what I say now');
  await jump.waitFor({ state: 'detached' });
  await waitFor('the own message to be on the screen', () =>
    messageWith(page, 'what I say now').evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }),
  );
});

interface Stubbed {
  readonly shown: { readonly title: string; readonly body: string; readonly target: EventTarget }[];
}

it('a direct message to somebody who looks elsewhere is notified, and leads to it', async () => {
  const other = await openWindow(browser);
  try {
    await other.page.addInitScript(() => {
      const shown: Stubbed['shown'] = [];
      class Notified extends EventTarget {
        static permission = 'granted';
        constructor(title: string, { body }: { body: string }) {
          super();
          shown.push({ title, body, target: this });
        }
        close() {}
      }
      Object.assign(globalThis, { Notification: Notified, shown });
    });
    await signInOn(other.page, bob);
    await goToChannel(other.page, room.name);
    await other.page.evaluate(() => {
      document.hasFocus = () => false;
      dispatchEvent(new Event('blur'));
    });
    await outboxOf(ada).send(room.conversationId, 'to everybody here');
    await messageWith(other.page, 'to everybody here').waitFor();
    await outboxOf(ada).send(await ada.openDirectMessage(bob.userId), 'to you alone');
    const shown = () =>
      other.page.evaluate(() =>
        (globalThis as unknown as Stubbed).shown.map(({ title, body }) => [title, body]),
      );
    await waitFor('a notification', async () => (await shown()).length > 0);
    expect(await shown()).toEqual([[`${ada.userId} Drill`, 'to you alone']]);
    await other.page.evaluate(() =>
      (globalThis as unknown as Stubbed).shown[0]?.target.dispatchEvent(new Event('click')),
    );
    await other.page.waitForURL(`**/messages/${ada.userId}`);
    await messageWith(other.page, 'to you alone').waitFor();
    expect(other.complaints).toEqual([]);
  } finally {
    await other.close();
  }
});
