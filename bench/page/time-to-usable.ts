import type { BrowserContext } from 'playwright-core';
import { composerOf } from '../../drills/client/page.ts';
import type { Row } from '../benchmark.ts';
import { LAST_CONTENT } from '../client/fill-and-store.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';
import type { PageContext } from './page-context.ts';
import { seenBy, untilUsable } from './seen.ts';
import { EMPTY_PATH } from './static-site.ts';
import { newVisitor } from './visitor.ts';

const RUNS = 5;

/** From the start of the navigation to the newest messages and a composer that takes text, beside an empty page. */
export async function timeToUsableRows(measured: PageContext): Promise<Row[]> {
  const { browser, reader, session, channelPath, staticOrigin, say } = measured;
  say(`opening the page ${RUNS + 1} times with nothing cached, and again with what was cached then`);
  const cold: { ours: number; theirs: number }[] = [];
  const warm: { ours: number; theirs: number }[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const ours = await newVisitor(browser, reader.api.origin, session);
    const theirs = await newVisitor(browser, staticOrigin);
    const timed = async (context: BrowserContext, path: string) => {
      const page = await context.newPage();
      await page.goto(path);
      await untilUsable(page);
      const { usableAt = Number.NaN } = await seenBy(page);
      if (context === ours) {
        await page.getByRole('log').getByText(LAST_CONTENT, { exact: true }).waitFor();
        await composerOf(page).fill('it takes text');
      }
      await page.close();
      return usableAt;
    };
    const first = { ours: await timed(ours, channelPath), theirs: await timed(theirs, EMPTY_PATH) };
    const second = { ours: await timed(ours, channelPath), theirs: await timed(theirs, EMPTY_PATH) };
    await ours.close();
    await theirs.close();
    // The first one warms the gateway and the browser itself.
    if (run === 0) continue;
    cold.push(first);
    warm.push(second);
  }
  const common = {
    beside: 'an empty static page of the same gateway',
    unit: 'ms',
    bound: undefined,
  } as const;
  return [
    rowOfRuns({ ...common, what: 'time to usable, nothing cached', runs: cold }),
    rowOfRuns({ ...common, what: 'time to usable, cached', runs: warm }),
  ];
}
