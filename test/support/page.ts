import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { composerOf } from '../../drills/client/page.ts';

/** How long a page may take to show what it is asked for; the machine may be busy. */
const PATIENCE_MS = 30_000;

/** A browser window of one person's: cookies and storage of its own, and what the browser complained about. */
export interface Window {
  readonly page: Page;
  /** Violations of the content security policy, and errors that nobody caught. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export async function openWindow(
  browser: Browser,
  options: { colorScheme?: 'light' | 'dark'; width?: number; height?: number } = {},
): Promise<Window> {
  const { colorScheme = 'light', width = 1280, height = 800 } = options;
  const context: BrowserContext = await browser.newContext({
    baseURL: inject('system').origin,
    colorScheme,
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints, close: () => context.close() };
}

export async function signOutOn(page: Page): Promise<void> {
  await askToSignOut(page);
  await page.waitForURL('**/login');
}

/** Chooses to sign out; with unsent messages the page then asks what becomes of them. */
export async function askToSignOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /your account/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
}

export async function write(page: Page, text: string): Promise<void> {
  await composerOf(page).fill(text);
  await composerOf(page).press('Enter');
}

/** The message with this text, in the open conversation. */
export function messageWith(page: Page, text: string): Locator {
  return page.getByRole('log').getByText(text, { exact: true });
}

/** Goes to a channel by the side bar's link, or by the address where it is not joined. */
export async function goToChannel(page: Page, name: string): Promise<void> {
  await page.goto(`/channels/${name}`);
  await page.getByRole('log', { name: `Messages in #${name}` }).waitFor();
}

/** Asserts that axe finds nothing to object to on the page as it stands (WCAG 2.2 A and AA). */
export async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`),
  ).toEqual([]);
}
