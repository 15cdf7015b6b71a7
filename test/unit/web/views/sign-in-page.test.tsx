import { describe, expect, it, vi } from 'vitest';
import { signedOut } from '../../../../web/src/app/state/session-slice.ts';
import { SignInPage } from '../../../../web/src/features/session/sign-in-page.tsx';
import { problem } from '../support/scripted-call.ts';
import { renderView } from './support/render-view.tsx';

const LOGIN = 'User name or e-mail';
const NOT_TOGETHER = 'don’t belong together';

async function signInWith(failure: unknown) {
  const signIn = vi.fn().mockRejectedValue(failure);
  const { page } = await renderView(<SignInPage />, { session: { signIn } });
  await page.fill(page.field(LOGIN), 'cmpe273');
  await page.fill(page.field('Password'), 'not it');
  await page.click(page.button('Sign in'));
  return { page, signIn };
}

describe('the sign-in page', () => {
  it('asks nobody while a field is empty, names it and goes to it', async () => {
    const signIn = vi.fn();
    const { page } = await renderView(<SignInPage />, { session: { signIn } });
    await page.click(page.button('Sign in'));
    const login = page.field(LOGIN);
    expect(login.getAttribute('aria-invalid')).toBe('true');
    const told = document.getElementById(login.getAttribute('aria-describedby') ?? '');
    expect(told?.textContent).toBe('User name or e-mail must not be empty.');
    expect(document.activeElement).toBe(login);
    expect(signIn).not.toHaveBeenCalled();
  });

  it('says below the password that the two do not belong together, and keeps what was typed', async () => {
    const { page, signIn } = await signInWith(problem('invalid_credentials'));
    await page.until(NOT_TOGETHER);
    expect(document.activeElement).toBe(page.field('Password'));
    expect(page.field('Password').value).toBe('not it');
    expect(signIn).toHaveBeenCalledWith({ login: 'cmpe273', password: 'not it' });
  });

  it('says when to try again after too many attempts', async () => {
    const { page } = await signInWith(problem('too_many_requests', { retryAfter: 42 }));
    await page.until('42 seconds');
    expect(page.all('alert')).toHaveLength(1);
  });

  it('takes the complaint away as soon as the field changes', async () => {
    const { page } = await signInWith(problem('invalid_credentials'));
    await page.until(NOT_TOGETHER);
    await page.fill(page.field('Password'), 'another');
    expect(page.text).not.toContain(NOT_TOGETHER);
  });

  it.each([
    ['expired', /session has ended/],
    ['revoked', /ended from another device/],
    ['signed-out-elsewhere', /another tab/],
  ] as const)('says why one is here: %s', async (reason, words) => {
    const { page } = await renderView(<SignInPage />, {
      prepare: (store) => store.dispatch(signedOut(reason)),
    });
    expect(page.all('status').map((element) => element.textContent)).toEqual([expect.stringMatching(words)]);
  });

  it('says nothing to those who signed out right here', async () => {
    const { page } = await renderView(<SignInPage />, {
      prepare: (store) => store.dispatch(signedOut('signed-out')),
    });
    expect(page.all('status')).toEqual([]);
  });
});
