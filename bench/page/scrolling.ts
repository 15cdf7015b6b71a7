import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { type LongestTask, longestTask, type TraceEvent } from './longest-task.ts';
import { forgetSeen, type Seen, seenBy } from './seen.ts';

/** CSS pixels of one notch of a wheel, and how far a determined person turns it in a second. */
const NOTCH = 120;
const WHEEL_PER_SECOND = 3_000;
/** A key that is held down, as most systems repeat it. */
const KEY_REPEATS_PER_SECOND = 30;
/**
 * What is done again and again: mostly the wheel, now and then a jump to the top of what is loaded by a key held down, a
 * look back, and a jump to the newest message and up again.
 */
const TURN = [
  { seconds: 12, act: 'wheel-up' },
  { seconds: 2, act: 'home' },
  { seconds: 2, act: 'wheel-down' },
  { seconds: 3, act: 'wheel-up' },
  { seconds: 0.5, act: 'end' },
  { seconds: 0.5, act: 'home' },
] as const;
type Act = (typeof TURN)[number]['act'];

export interface Scrolled extends Pick<Seen, 'longTasks' | 'frames'> {
  readonly longest: LongestTask;
  /** MiB of the page's heap that are in use, after collecting garbage. */
  readonly heap: { readonly before: number; readonly after: number };
}

/** Scrolls upward through what lies under the middle of the page, with jumps. */
export async function scroll(browser: Browser, page: Page, seconds: number): Promise<Scrolled> {
  const session = await page.context().newCDPSession(page);
  const before = await heapInUse(session);
  await page.mouse.move(700, 400);
  await forgetSeen(page);
  await browser.startTracing(page, { categories: ['toplevel'] });
  const end = performance.now() + seconds * 1_000;
  for (let step = 0; performance.now() < end; step += 1) {
    const { seconds: planned, act } = TURN[step % TURN.length] ?? TURN[0];
    await goOn(page, act, Math.min(planned, (end - performance.now()) / 1_000));
  }
  const { longTasks, frames } = await seenBy(page);
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
  const after = await heapInUse(session);
  await session.detach();
  return { longTasks, frames, longest: longestTask(traceEvents), heap: { before, after } };
}

async function goOn(page: Page, act: Act, seconds: number): Promise<void> {
  if (act === 'home' || act === 'end') {
    const key = act === 'home' ? 'Home' : 'End';
    await evenly(seconds, KEY_REPEATS_PER_SECOND, () => page.keyboard.press(key));
  } else {
    const notch = act === 'wheel-up' ? -NOTCH : NOTCH;
    await evenly(seconds, WHEEL_PER_SECOND / NOTCH, () => page.mouse.wheel(0, notch));
  }
}

/** Does something so many times a second; what the page was too slow for is not made up for. */
async function evenly(seconds: number, perSecond: number, act: () => Promise<void>): Promise<void> {
  const begunAt = performance.now();
  for (;;) {
    const passed = performance.now() - begunAt;
    if (passed >= seconds * 1_000) return;
    await act();
    const interval = 1_000 / perSecond;
    const next = (Math.floor((performance.now() - begunAt) / interval) + 1) * interval;
    await pause(next - (performance.now() - begunAt));
  }
}

async function heapInUse(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
}
