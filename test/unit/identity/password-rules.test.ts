import { describe, expect, it } from 'vitest';
import { PASSWORD_MIN_LENGTH } from '../../../core/contract/limits.ts';
import { foldPassword, isPattern } from '../../../core/domain/password.ts';
import { CommonPasswordList } from '../../../lambdas/adapters/identity/common-password-list.ts';
import words from '../../../lambdas/adapters/identity/common-passwords.json' with { type: 'json' };

describe('the list of common passwords', () => {
  it('knows the usual ones, in any case', () => {
    const list = new CommonPasswordList();
    for (const word of [
      'password',
      'PASSWORD1',
      'Password123',
      'trustno1',
      'iloveyou',
      'p@ssw0rd',
      'qwertyuiop',
    ]) {
      expect(list.has(foldPassword(word)), word).toBe(true);
    }
    expect(list.has('correct horse battery staple')).toBe(false);
  });

  it('is as it is looked up, in order, each once, and holds nothing that other rules refuse', () => {
    expect(words.length).toBeGreaterThan(4_000);
    expect(words).toEqual([...new Set(words)].sort());
    expect(words.filter((word) => word !== foldPassword(word))).toEqual([]);
    expect(words.filter((word) => word.length < PASSWORD_MIN_LENGTH)).toEqual([]);
  });
});

describe('a pattern', () => {
  it.each([
    'aaaaaaaa',
    '12341234',
    'testtest',
    'TestTEST',
    '12345678',
    '87654321',
    'abcdefgh',
    '🦊🦊🦊🦊🦊🦊🦊🦊',
  ])('is %s', (password) => expect(isPattern(password)).toBe(true));
  it.each(['correct horse', '12345679', 'aaaaaaab', 'abcdefghabcdefgh', 'analytical engine'])(
    'is not %s',
    (password) => expect(isPattern(password)).toBe(false),
  );
});
