import { signInOn } from '../../drills/client/page.ts';
import type { Row } from '../benchmark.ts';
import { rowOfRuns } from '../run/row-of-runs.ts';
import { transferredDuring } from './first-load.ts';
import type { PageContext } from './page-context.ts';
import { untilUsable } from './seen.ts';
import { newVisitor } from './visitor.ts';

const BUDGET_BYTES = 150_000;

/** How many bytes the page is for somebody who has nothing of it yet. */
export async function firstLoadRows(measured: PageContext): Promise<Row[]> {
  const { browser, reader, session, channelPath, channelName, say } = measured;
  say('counting the bytes of the first load');
  const row = (what: string, bytes: number, bound: Row['bound']) =>
    rowOfRuns({
      what,
      beside: 'the budget',
      unit: 'bytes',
      bound,
      runs: [{ ours: bytes, theirs: BUDGET_BYTES }],
    });
  const signedIn = async (encoding: 'gzip' | 'br') => {
    const context = await newVisitor(browser, reader.api.origin, session);
    const transferred = await transferredDuring(context, encoding, async (page) => {
      await page.goto(channelPath);
      await untilUsable(page);
    });
    await context.close();
    return transferred;
  };
  const zipped = await signedIn('gzip');
  const brotli = await signedIn('br');
  const stranger = await newVisitor(browser, reader.api.origin);
  const bySigningIn = await transferredDuring(stranger, 'gzip', async (page) => {
    await signInOn(page, reader);
    await page.getByRole('link', { name: channelName }).click();
    await untilUsable(page);
  });
  await stranger.close();
  say(`what the API answers meanwhile: ${zipped.answers} bytes`);
  return [
    row('first load until the composer takes text, gzip', zipped.files, { atMost: 1 }),
    row('first load until the composer takes text, br', brotli.files, undefined),
    row('first load by way of signing in, gzip', bySigningIn.files, undefined),
  ];
}
