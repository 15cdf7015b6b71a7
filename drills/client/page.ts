import type { Locator, Page } from 'playwright-core';
import type { Person } from './person.ts';

/** Signs somebody in on `/login`, as a person does, and waits for the conversations. */
export async function signInOn(
  page: Page,
  { userId, password }: Pick<Person, 'userId' | 'password'>,
): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('User name or e-mail').fill(userId);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
}

export function composerOf(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Message / });
}
