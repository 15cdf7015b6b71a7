/**
 * All that is neither letter nor digit in ASCII: left out of generated secrets, which then fit headers and base64url. Named
 * one by one, as emulators of Secrets Manager know `ExcludeCharacters` and no `ExcludePunctuation`.
 */
export const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
