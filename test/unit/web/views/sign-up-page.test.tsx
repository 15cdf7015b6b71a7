import { describe, expect, it, vi } from 'vitest';
import type { SignUpBody } from '../../../../core/contract/users.ts';
import { SignUpPage } from '../../../../web/src/features/session/sign-up-page.tsx';
import { ApiError } from '../../../../web/src/lib/api/api-error.ts';
import { renderView } from './support/render-view.tsx';

const TYPED = {
  'User name': 'Deanne',
  'E-mail': 'deanne@example.com',
  'First name': 'Deanne',
  'Last name': 'Kim',
  Password: 'correct horse battery',
};

async function openPage(signUp: (body: SignUpBody) => Promise<never>) {
  const { page, container } = await renderView(<SignUpPage />, { session: { signUp } });
  async function fill() {
    for (const [label, value] of Object.entries(TYPED)) await page.fill(page.field(label), value);
  }
  const send = () => page.click(page.button('Create account'));
  return { page, container, fill, send };
}

const unreachable = () => Promise.reject(new ApiError({ kind: 'unreachable' }));

describe('the sign-up page', () => {
  it('names each wrong field at once and goes to the first', async () => {
    const signUp = vi.fn(unreachable);
    const { page, container, send } = await openPage(signUp);
    await send();
    expect(container.querySelectorAll('[aria-invalid="true"]')).toHaveLength(5);
    expect(document.activeElement).toBe(page.field('User name'));
    expect(page.text).toContain('Password must have at least 8 characters.');
    expect(signUp).not.toHaveBeenCalled();
  });

  it('tells the rules before they are hit', async () => {
    const { page } = await openPage(unreachable);
    const rule = document.getElementById(page.field('Password').getAttribute('aria-describedby') ?? '');
    expect(rule?.textContent).toMatch(/^At least 8 characters/);
  });

  it('sends small letters, and no picture where the initials are wanted', async () => {
    const signUp = vi.fn(unreachable);
    const { fill, send } = await openPage(signUp);
    await fill();
    await send();
    expect(signUp).toHaveBeenCalledExactlyOnceWith({
      userId: 'deanne',
      emailId: 'deanne@example.com',
      firstName: 'Deanne',
      lastName: 'Kim',
      password: 'correct horse battery',
    });
  });

  it('sends the wish for the Gravatar, and goes to an address that is none', async () => {
    const signUp = vi.fn(unreachable);
    const { page, fill, send } = await openPage(signUp);
    await fill();
    await page.click(page.field('Gravatar'));
    await send();
    expect(signUp).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ avatar: 'gravatar' }));
    await page.click(page.field('Address'));
    await page.fill(page.field('Picture address'), 'http://example.com/a.png');
    await send();
    expect(page.text).toContain('Picture address must be an https:// address of a picture');
    expect(document.activeElement).toBe(page.field('Picture address'));
  });

  it('shows a taken e-mail at its field and keeps everything that was typed', async () => {
    const taken = new ApiError({
      kind: 'problem',
      status: 409,
      problem: {
        code: 'email_taken',
        status: 409,
        title: 'That e-mail address is taken.',
        fields: [{ field: 'emailId', message: 'is taken' }],
      },
    });
    const { page, fill, send } = await openPage(() => Promise.reject(taken));
    await fill();
    await send();
    await page.until('E-mail is taken.');
    expect(document.activeElement).toBe(page.field('E-mail'));
    for (const [label, value] of Object.entries(TYPED)) expect(page.field(label).value).toBe(value);
  });
});
