import type { Browser, BrowserContext } from 'playwright-core';
import type { Person } from '../../drills/client/person.ts';
import { watchPagesOf } from './seen.ts';

/** How long the page may take to show what it is asked for; the machine may be busy. */
const PATIENCE_MS = 30_000;

/** The cookies of somebody who has signed in. */
export type Session = Awaited<ReturnType<BrowserContext['storageState']>>;

/** A browser of somebody's own, with nothing cached: signed in, or a stranger. */
export async function newVisitor(
  browser: Browser,
  origin: string,
  session?: Session,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: 1280, height: 800 },
    ...(session ? { storageState: session } : {}),
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await watchPagesOf(context);
  return context;
}

/** Signs in, once for all visits: one person may do so ten times in five minutes. */
export async function openSession(browser: Browser, { api, userId, password }: Person): Promise<Session> {
  const context = await newVisitor(browser, api.origin);
  const answer = await context.request.post('/api/session', {
    headers: { origin: api.origin },
    data: { login: userId, password },
  });
  if (!answer.ok()) throw new Error(`Signing in was answered with ${answer.status()}.`);
  const session = await context.storageState();
  await context.close();
  return session;
}
