import { afterEach, describe, expect, it, vi } from 'vitest';
import { logger } from '../../../lambdas/runtime/logger.ts';

afterEach(() => vi.restoreAllMocks());

/** What the functions' logger writes for these fields, as text. */
function logged(fields: Record<string, unknown>): string {
  let text = '';
  const take = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(take);
  vi.spyOn(process.stderr, 'write').mockImplementation(take);
  logger.error('a thing happened', fields);
  vi.restoreAllMocks();
  return text;
}

describe('the log', () => {
  it('says what happened, with its fields', () => {
    expect(logged({ requestId: 'r-1' })).toMatch(/a thing happened[\s\S]*r-1|r-1[\s\S]*a thing happened/);
  });

  it.each([
    'password',
    'currentPassword',
    'newPassword',
    'passwordHash',
    'password_hash',
    'token',
    'sessionToken',
    'refreshToken',
    'cookie',
    'cookies',
    'set-cookie',
    'Cookie',
    'authorization',
    'Authorization',
    'content',
    'body',
    'secret',
    'emailId',
    'email_id',
  ])('never holds the value of %s, at whatever depth', (key) => {
    const value = 'must-not-be-seen';
    expect(logged({ [key]: value })).not.toContain(value);
    expect(logged({ request: { headers: [{ [key]: value }] } })).not.toContain(value);
    expect(logged({ [key]: { inner: value } })).not.toContain(value);
  });

  it('never holds what an error carries under such a key', () => {
    const error = Object.assign(new Error('refused'), { content: 'must-not-be-seen' });
    expect(logged({ error })).not.toContain('must-not-be-seen');
  });
});
