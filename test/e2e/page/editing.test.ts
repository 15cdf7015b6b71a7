import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { signInOn } from '../../../drills/client/page.ts';
import { Person } from '../../../drills/client/person.ts';
import { Recorder } from '../../../drills/ledger/recorder.ts';
import { HandWritten } from '../../../drills/rebuild/hand-written.ts';
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

const { origin, kafka, topicPrefix } = inject('system');
let browser: Browser;
let window: Window;
let ada: Person;
let hand: HandWritten;

beforeAll(async () => {
  browser = await launchBrowser(inject('browserPath'));
  hand = await HandWritten.open({
    brokers: kafka.brokers,
    topicPrefix,
    generation: 0,
    recorder: new Recorder(),
  });
  ada = await Person.signUp(origin);
  window = await openWindow(browser);
  await signInOn(window.page, ada);
});
afterAll(async () => {
  await hand?.close();
  await browser?.close();
  expect(window.complaints).toEqual([]);
});

it('an edit shows in place, at once and after a reload, and says that it is one', async () => {
  const { page } = window;
  const name = `room-${ada.userId.slice(-6)}`;
  const conversationId = await ada.createChannel(name);
  await goToChannel(page, name);
  for (const text of ['the first one', 'before the edit', 'the last one']) {
    await write(page, text);
    await messageWith(page, text).waitFor();
  }
  const post = await waitFor('the message to be stored', async () =>
    (await ada.readHistory(conversationId)).find(({ content }) => content === 'before the edit'),
  );
  await hand.edit(post, 'after the edit');

  const edited = page.getByRole('article').filter({ hasText: 'after the edit' });
  await edited.getByText('(edited)').waitFor();
  expect(await messageWith(page, 'before the edit').count()).toBe(0);
  expect(await page.getByRole('log').getByText('(edited)').count()).toBe(1);
  expect(await edited.getByText('(edited)').getAttribute('title')).toMatch(/\d{4}/);
  await expectAccessible(page);

  await waitFor('the edit to be stored', async () =>
    (await ada.readHistory(conversationId)).some(({ edit }) => edit !== undefined),
  );
  await page.reload();
  await edited.getByText('(edited)').waitFor();
  expect(await page.getByRole('article').allTextContents()).toEqual([
    expect.stringContaining('the first one'),
    expect.stringContaining('after the edit (edited)'),
    expect.stringContaining('the last one'),
  ]);
});
