import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isFoundBy,
  normalizeName,
  searchKeysOf,
  searchNamesOf,
  searchRangeOf,
} from '../../../core/domain/name-search.ts';

const RENE = { userId: 'rene.d', firstName: 'René', lastName: 'Étienne Ødegård' };

describe('names as they are searched', () => {
  it('are in lower case, without accents, with single spaces', () => {
    expect(normalizeName('  RENÉ   O’Neill\u00a0İ ')).toBe('rene o’neill i');
    expect(normalizeName('Ｆｕｌｌ ﬁ')).toBe('full fi');
  });

  it('are user id, first and last name, last and first name, each once', () => {
    expect(searchNamesOf(RENE)).toEqual(['rene.d', 'rene etienne ødegard', 'etienne ødegard rene']);
    expect(searchNamesOf({ userId: 'x', firstName: 'Bo', lastName: 'Bo' })).toEqual(['x', 'bo bo']);
  });

  it('stand under their first one to three characters', () => {
    expect(searchKeysOf({ userId: 'li', firstName: '🦊x', lastName: 'y' })).toEqual([
      { prefix: 'l', name: 'li' },
      { prefix: 'li', name: 'li' },
      { prefix: '🦊', name: '🦊x y' },
      { prefix: '🦊x', name: '🦊x y' },
      { prefix: '🦊x ', name: '🦊x y' },
      { prefix: 'y', name: 'y 🦊x' },
      { prefix: 'y ', name: 'y 🦊x' },
      { prefix: 'y 🦊', name: 'y 🦊x' },
    ]);
  });

  it('nothing that can begin a name is no range', () => {
    expect(searchRangeOf('  \u0301 ')).toBeUndefined();
  });

  it('a user is in the range of whatever one of its names begins with, and found by it', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(name, name, fc.nat(30), fc.nat(2), (firstName, lastName, length, which) => {
        const user = { userId: 'some-id', firstName, lastName };
        const typed = [...(searchNamesOf(user)[which] ?? '')].slice(0, length + 1).join('');
        fc.pre(normalizeName(typed) !== '');
        const { prefix, from, to } = searchRangeOf(typed)!;
        const inRange = searchKeysOf(user).filter(
          (key) =>
            key.prefix === prefix &&
            Buffer.compare(Buffer.from(key.name), Buffer.from(from)) >= 0 &&
            Buffer.compare(Buffer.from(key.name), Buffer.from(to)) <= 0,
        );
        expect(inRange.length).toBeGreaterThan(0);
        expect(isFoundBy(user, typed)).toBe(true);
      }),
    );
  });

  it('are not found by what none of them begins with', () => {
    expect(isFoundBy(RENE, 'degard')).toBe(false);
    expect(isFoundBy(RENE, ' ')).toBe(false);
  });
});
