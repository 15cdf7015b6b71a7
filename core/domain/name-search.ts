import type { Profile } from '../contract/users.ts';

/** Each row stands under the first 1 to 3 characters of its name: one partition each, whatever is typed. */
const PREFIX_MAX = 3;

/** A user is found under at most so many names: user id, "first last" and "last first". */
export const SEARCH_NAMES_MAX = 3;

/** Sorts after every name that begins with the same text: UTF-8 orders by code point, and this is the last one. */
const LAST_CODE_POINT = '\u{10ffff}';

type Names = Pick<Profile, 'userId' | 'firstName' | 'lastName'>;

/** Where a name stands in the search: its partition, and its place in it. */
export interface SearchKey {
  readonly prefix: string;
  readonly name: string;
}

/** The names from `from` through `to` in the partition `prefix`, both included. */
export interface SearchRange {
  readonly prefix: string;
  readonly from: string;
  readonly to: string;
}

/** A name as it is searched: lower case, without accents, one space between words. "  Renée O’Neill" → "renee o’neill". */
export function normalizeName(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** What a user is found by the beginning of, without repetition. */
export function searchNamesOf({ userId, firstName, lastName }: Names): readonly string[] {
  const names = [userId, `${firstName} ${lastName}`, `${lastName} ${firstName}`].map(normalizeName);
  return [...new Set(names)].filter((name) => name !== '');
}

/** All places where a user stands in the search: at most 9. */
export function searchKeysOf(user: Names): readonly SearchKey[] {
  return searchNamesOf(user).flatMap((name) => {
    const characters = [...name];
    const lengths = Array.from({ length: Math.min(PREFIX_MAX, characters.length) }, (_, index) => index + 1);
    return lengths.map((length) => ({ prefix: characters.slice(0, length).join(''), name }));
  });
}

/** Where to look for names that begin with what was typed; undefined if nothing that can begin a name was typed. */
export function searchRangeOf(query: string): SearchRange | undefined {
  const from = normalizeName(query);
  if (from === '') return undefined;
  return { prefix: [...from].slice(0, PREFIX_MAX).join(''), from, to: from + LAST_CODE_POINT };
}

/** Whether a user is to be found by what was typed. */
export function isFoundBy(user: Names, query: string): boolean {
  const typed = normalizeName(query);
  return typed !== '' && searchNamesOf(user).some((name) => name.startsWith(typed));
}
