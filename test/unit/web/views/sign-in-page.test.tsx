import { describe, expect, it, vi } from 'vitest';
import { signedOut } from '../../../../web/src/app/state/session-slice.ts';
import { SignInPage } from '../../../../web/src/features/session/sign-in-page.tsx';
import { problem } from '../support/scripted-call.ts';
import { renderView } from './support/render-view.tsx';

async function signInWith(failure: unknown) {
  const signIn = vi.fn().mockRejectedValue(failure);
  const view = renderView(<SignInPage />, { session: { signIn } });
  await view.user.type(view.getByLabelText('User name or e-mail'), 'cmpe273');
  await view.user.type(view.getByLabelText('Password'), 'not it');
  await view.user.click(view.getByRole('button', { name: 'Sign in' }));
  return { ...view, signIn };
}

describe('the sign-in page', () => {
  it('asks nobody while a field is empty, names it and goes to it', async () => {
    const signIn = vi.fn();
    const view = renderView(<SignInPage />, { session: { signIn } });
    await view.user.click(view.getByRole('button', { name: 'Sign in' }));
    const login = view.getByLabelText('User name or e-mail');
    expect(login.getAttribute('aria-invalid')).toBe('true');
    expect(view.getByText('User name or e-mail must not be empty.').id).toBe(
      login.getAttribute('aria-describedby'),
    );
    expect(document.activeElement).toBe(login);
    expect(signIn).not.toHaveBeenCalled();
  });

  it('says below the password that the two do not belong together, and keeps what was typed', async () => {
    const view = await signInWith(problem('invalid_credentials'));
    await view.findByText(/don’t belong together/);
    const password = view.getByLabelText('Password');
    expect(document.activeElement).toBe(password);
    expect((password as HTMLInputElement).value).toBe('not it');
    expect(view.signIn).toHaveBeenCalledWith({ login: 'cmpe273', password: 'not it' });
  });

  it('says when to try again after too many attempts', async () => {
    const view = await signInWith(problem('too_many_requests', { retryAfter: 42 }));
    expect((await view.findByRole('alert')).textContent).toContain('42 seconds');
  });

  it('takes the complaint away as soon as the field changes', async () => {
    const view = await signInWith(problem('invalid_credentials'));
    await view.findByText(/don’t belong together/);
    await view.user.type(view.getByLabelText('Password'), '!');
    expect(view.queryByText(/don’t belong together/)).toBeNull();
  });

  it.each([
    ['expired', /session has ended/],
    ['revoked', /ended from another device/],
    ['signed-out-elsewhere', /another tab/],
  ] as const)('says why one is here: %s', (reason, words) => {
    const view = renderView(<SignInPage />, { prepare: (store) => store.dispatch(signedOut(reason)) });
    expect(view.getByRole('status').textContent).toMatch(words);
  });

  it('says nothing to those who signed out right here', () => {
    const view = renderView(<SignInPage />, { prepare: (store) => store.dispatch(signedOut('signed-out')) });
    expect(view.queryByRole('status')).toBeNull();
  });
});
