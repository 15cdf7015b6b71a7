import { Person } from '../../drills/client/person.ts';
import { findOrInstallBrowser, launchBrowser } from '../../local/browser/browser.ts';
import { buildPage } from '../../local/run/build-page.ts';
import type { Benchmark } from '../benchmark.ts';
import { fillAndStore } from '../client/fill-and-store.ts';
import { contentOf } from './contents.ts';
import { firstLoadRows } from './first-load-rows.ts';
import { scrollingRows } from './scrolling-rows.ts';
import { startStaticSite } from './static-site.ts';
import { timeToUsableRows } from './time-to-usable.ts';
import { openSession } from './visitor.ts';

const MESSAGES = 100_000;
const AUTHORS = 5;

export const page: Benchmark = {
  name: 'page',
  title: `the page: first load, time to usable, a minute of scrolling through ${MESSAGES} messages`,
  prepare: async () => {
    await buildPage(new AbortController().signal);
    await findOrInstallBrowser();
  },
  run: async (context) => {
    const reader = await Person.signUp(context.pingMe.url);
    const channelName = `long-${reader.userId}`;
    const conversationId = await reader.createChannel(channelName);
    const authors = await Promise.all(
      Array.from({ length: AUTHORS }, () => Person.signUp(context.pingMe.url)),
    );
    await fillAndStore(context, reader, conversationId, {
      count: MESSAGES,
      conversationOf: () => conversationId,
      // Nobody speaks alone for long, nor in turns.
      senderOf: (index) => authors[Math.floor(index / 3) % AUTHORS]?.userId ?? reader.userId,
      contentOf,
    });
    const site = await startStaticSite(context.directory);
    const browser = await launchBrowser(await findOrInstallBrowser());
    try {
      const channelPath = `/channels/${channelName}`;
      const measured = {
        ...context,
        browser,
        reader,
        session: await openSession(browser, reader),
        channelName,
        channelPath,
        staticOrigin: site.origin,
      };
      return [
        ...(await firstLoadRows(measured)),
        ...(await timeToUsableRows(measured)),
        ...(await scrollingRows(measured)),
      ];
    } finally {
      await browser.close();
      await site.close();
    }
  },
};
