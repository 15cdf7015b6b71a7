/** Passwords that are tried first by whoever guesses. */
export interface CommonPasswords {
  /** @param folded the password as `foldPassword` gives it */
  has(folded: string): boolean;
}
