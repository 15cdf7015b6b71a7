import { describe, expect, it, vi } from 'vitest';
import type { SignUpBody } from '../../../../core/contract/users.ts';
import { SignUpPage } from '../../../../web/src/features/session/sign-up-page.tsx';
import { ApiError } from '../../../../web/src/lib/api/api-error.ts';
import { renderView } from './support/render-view.tsx';

function openPage(signUp: (body: SignUpBody) => Promise<never>) {
  const view = renderView(<SignUpPage />, { session: { signUp } });
  async function fill() {
    await view.user.type(view.getByLabelText('User name'), 'Deanne');
    await view.user.type(view.getByLabelText('E-mail'), 'deanne@example.com');
    await view.user.type(view.getByLabelText('First name'), 'Deanne');
    await view.user.type(view.getByLabelText('Last name'), 'Kim');
    await view.user.type(view.getByLabelText('Password'), 'correct horse battery');
  }
  const send = () => view.user.click(view.getByRole('button', { name: 'Create account' }));
  return { ...view, fill, send };
}

const never = () => new Promise<never>(() => {});

describe('the sign-up page', () => {
  it('names each wrong field at once and goes to the first', async () => {
    const signUp = vi.fn(never);
    const page = openPage(signUp);
    await page.send();
    expect(page.container.querySelectorAll('[aria-invalid="true"]')).toHaveLength(5);
    expect(document.activeElement).toBe(page.getByLabelText('User name'));
    expect(page.getByText('Password must have at least 8 characters.')).toBeTruthy();
    expect(signUp).not.toHaveBeenCalled();
  });

  it('tells the rules before they are hit', () => {
    const page = openPage(never);
    const password = page.getByLabelText('Password');
    const rule = page.getByText(/At least 8 characters/);
    expect(password.getAttribute('aria-describedby')).toBe(rule.id);
  });

  it('sends small letters, and no picture where the initials are wanted', async () => {
    const signUp = vi.fn(never);
    const page = openPage(signUp);
    await page.fill();
    await page.send();
    expect(signUp).toHaveBeenCalledWith({
      userId: 'deanne',
      emailId: 'deanne@example.com',
      firstName: 'Deanne',
      lastName: 'Kim',
      password: 'correct horse battery',
    });
  });

  it('sends the Gravatar wish, or the address that was typed', async () => {
    const signUp = vi.fn(() => Promise.reject(new ApiError({ kind: 'unreachable' })));
    const page = openPage(signUp);
    await page.fill();
    await page.user.click(page.getByRole('radio', { name: 'Gravatar' }));
    await page.send();
    expect(signUp).toHaveBeenLastCalledWith(expect.objectContaining({ avatar: 'gravatar' }));
    await page.user.click(page.getByRole('radio', { name: 'Address' }));
    await page.user.type(page.getByLabelText('Picture address'), 'http://example.com/a.png');
    await page.send();
    expect(page.getByText('Picture address must be an https:// address of a picture.')).toBeTruthy();
    expect(document.activeElement).toBe(page.getByLabelText('Picture address'));
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
    const page = openPage(() => Promise.reject(taken));
    await page.fill();
    await page.send();
    await page.findByText('E-mail is taken.');
    expect(document.activeElement).toBe(page.getByLabelText('E-mail'));
    expect((page.getByLabelText('Password') as HTMLInputElement).value).toBe('correct horse battery');
  });
});
