/**
 * A password as it is hashed: in Unicode's compatibility form (NFKC), so that the same characters typed on another
 * keyboard or system are the same password (NIST SP 800-63B, "stabilized strings"). Nothing is cut off or trimmed.
 */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC');
}

/** A password as it is compared with words that are no good as one: the case of its letters does not help. */
export function foldPassword(password: string): string {
  return normalizePassword(password).toLowerCase();
}

/** Up to so many characters, repeated to the end, are no password: `aaaaaaaa`, `12341234`, `testtest`. */
const REPEATED_UNIT = /^(.{1,5}?)\1+$/su;

/** Whether a password is one piece over and over, or characters in a row (`12345678`, `hgfedcba`). */
export function isPattern(password: string): boolean {
  const folded = foldPassword(password);
  if (REPEATED_UNIT.test(folded)) return true;
  const codes = [...folded].map((character) => character.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  return steps.size === 1 && (steps.has(1) || steps.has(-1));
}
