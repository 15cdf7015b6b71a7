import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';

/** What `in-page.js` keeps; milliseconds. */
export interface Seen {
  /** From the start of the navigation until messages are shown and the composer takes text. */
  readonly usableAt?: number;
  /** The browser reports tasks from 50 ms on. */
  readonly longTasks: readonly number[];
  /** From frame to frame. */
  readonly frames: readonly number[];
}

/** In the page, where the functions that are given to Playwright run. */
declare const seenByBenchmark: Seen;

const SCRIPT = fileURLToPath(new URL('./in-page.js', import.meta.url));

/** Every page of this context keeps what it sees from now on. */
export async function watchPagesOf(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: SCRIPT });
}

/** Waits until messages are shown and the composer takes text. */
export async function untilUsable(page: Page): Promise<void> {
  await page.waitForFunction(() => seenByBenchmark.usableAt !== undefined);
}

export function seenBy(page: Page): Promise<Seen> {
  return page.evaluate(() => seenByBenchmark);
}

/** Begins anew with tasks and frames. */
export async function forgetSeen(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(seenByBenchmark, { longTasks: [], frames: [] }));
}
