import { PAGE_DEFAULT } from '../../core/contract/limits.ts';
import { quantile } from '../../drills/run/quantile.ts';
import type { Row } from '../benchmark.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';
import type { PageContext } from './page-context.ts';
import { type Scrolled, scroll } from './scrolling.ts';
import { untilUsable } from './seen.ts';
import { LONG_PATH } from './static-site.ts';
import { newVisitor } from './visitor.ts';

const RUNS = 3;
const SECONDS = 60;
/** Of the same on the static page: enough turns to meet what the machine does besides. */
const STATIC_SECONDS = 20;
const LONGEST_TASK_MS = 100;

interface Run {
  readonly ours: Scrolled;
  readonly theirs: Scrolled;
}

/** A minute of a determined person's scrolling, beside the same on a page of text that runs no script. */
export async function scrollingRows(measured: PageContext): Promise<Row[]> {
  const runs: Run[] = [];
  for (let run = 1; run <= RUNS; run += 1) {
    const ours = await scrollPage(measured);
    const theirs = await scrollStatic(measured);
    const { longTasks, longest, heap } = ours;
    measured.say(
      `run ${run} of ${RUNS}: ${longTasks.length} tasks over 50 ms (the longest task ${longest.wall.toFixed(0)} ms by the wall, ` +
        `${longest.processor.toFixed(0)} ms at work), heap ${heap.before.toFixed(1)} → ${heap.after.toFixed(1)} MiB; ` +
        `static page: ${theirs.longTasks.length} (${theirs.longest.wall.toFixed(0)} and ${theirs.longest.processor.toFixed(0)} ms)`,
    );
    runs.push({ ours, theirs });
  }
  const row = (
    what: Pick<Row, 'what' | 'beside' | 'unit' | 'bound'>,
    figures: (run: Run) => { ours: number; theirs: number },
  ) => rowOfRuns({ ...what, runs: runs.map(figures) });
  const p99 = ({ frames }: Scrolled) => quantile(frames, 0.99);
  return [
    // What the page itself does; the wall's clock also counts what others on the machine take from it.
    row(
      {
        what: 'the longest task while scrolling, of its thread at work',
        beside: 'the budget',
        unit: 'ms',
        bound: { atMost: 1 },
      },
      ({ ours }) => ({ ours: ours.longest.processor, theirs: LONGEST_TASK_MS }),
    ),
    row(
      {
        what: 'the longest task while scrolling, by the wall',
        beside: 'a static page',
        unit: 'ms',
        bound: undefined,
      },
      ({ ours, theirs }) => ({ ours: ours.longest.wall, theirs: theirs.longest.wall }),
    ),
    row(
      { what: 'frame to frame, p99', beside: 'a static page', unit: 'ms', bound: undefined },
      ({ ours, theirs }) => ({
        ours: p99(ours),
        theirs: p99(theirs),
      }),
    ),
    row(
      { what: 'heap after scrolling', beside: 'before it', unit: 'MiB', bound: undefined },
      ({ ours: { heap } }) => ({
        ours: heap.after,
        theirs: heap.before,
      }),
    ),
  ];
}

async function scrollPage({ browser, reader, session, channelPath, say }: PageContext): Promise<Scrolled> {
  const context = await newVisitor(browser, reader.api.origin, session);
  const page = await context.newPage();
  let pages = 0;
  page.on('response', (response) => {
    if (/\/messages\?/.test(response.url())) pages += 1;
  });
  await page.goto(channelPath);
  await untilUsable(page);
  await page.waitForLoadState('networkidle');
  await page.getByRole('log').locator('[data-region-focus]').focus();
  const scrolled = await scroll(browser, page, SECONDS);
  await context.close();
  say(`read ${pages} pages: ${pages * PAGE_DEFAULT} messages`);
  return scrolled;
}

async function scrollStatic({ browser, staticOrigin }: PageContext): Promise<Scrolled> {
  const context = await newVisitor(browser, staticOrigin);
  const page = await context.newPage();
  await page.goto(LONG_PATH);
  await untilUsable(page);
  await page.keyboard.press('End');
  const scrolled = await scroll(browser, page, STATIC_SECONDS);
  await context.close();
  return scrolled;
}
