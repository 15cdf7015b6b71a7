import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../core/contract/users.ts';
import type { UserDirectory } from '../../../lambdas/application/ports/user-directory.ts';

/** What UserDirectory promises, whichever store stands behind it. */
export function describeUserDirectory(name: string, open: () => UserDirectory): void {
  /** Names that nothing else in the table begins with. */
  const unique = () => `q${randomBytes(6).toString('hex')}`;
  const idsOf = (profiles: readonly Profile[]) => profiles.map(({ userId }) => userId);

  describe(`${name}: user directory`, () => {
    it('finds by the beginning of user id, first and last name, in any case and without accents', async () => {
      const word = unique();
      const profile = { userId: `a.${word}`, firstName: `Réne ${word}`, lastName: `${word}Ström` };
      await open().add(profile);
      for (const query of [
        `A.${word}`.slice(0, 6),
        `rene ${word}`,
        `RÉNE ${word} ${word}st`,
        `${word}strom r`,
      ]) {
        expect(await open().search(query, 20), query).toEqual([profile]);
      }
      expect(await open().search(`${word}x`, 20)).toEqual([]);
    });

    it('finds one and two characters', async () => {
      const word = unique();
      await open().add({ userId: word, firstName: 'ǃx', lastName: `${word}` });
      expect(idsOf(await open().search('ǃ', 20))).toContain(word);
      expect(idsOf(await open().search('ǃx', 20))).toContain(word);
    });

    it('gives each user once, in order of the name, and no more than asked', async () => {
      const word = unique();
      for (const end of ['c', 'a', 'b']) {
        await open().add({ userId: `${word}${end}`, firstName: `${word}${end}`, lastName: `${word}${end}` });
      }
      expect(idsOf(await open().search(word, 20))).toEqual([`${word}a`, `${word}b`, `${word}c`]);
      expect(idsOf(await open().search(word, 2))).toEqual([`${word}a`, `${word}b`]);
    });

    it('follows a change of names', async () => {
      const [before, after] = [unique(), unique()];
      const old = {
        userId: unique(),
        firstName: before,
        lastName: 'Same',
        avatar: 'https://example.com/a.png',
      };
      const { avatar: _avatar, ...rest } = old;
      const changed = { ...rest, firstName: after };
      await open().add(old);
      await open().replace(old, changed);
      expect(await open().search(before, 20)).toEqual([]);
      expect(await open().search(after, 20)).toEqual([changed]);
      expect(await open().search(old.userId, 20)).toEqual([changed]);
      expect(idsOf(await open().search(`same ${after}`, 20))).toEqual([old.userId]);
    });

    it('nothing but blanks or accents finds nobody', async () => {
      expect(await open().search(' ', 20)).toEqual([]);
      expect(await open().search('\u0301', 20)).toEqual([]);
    });
  });
}
