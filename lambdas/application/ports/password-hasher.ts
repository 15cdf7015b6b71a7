/** Hashes passwords, slowly on purpose. */
export interface PasswordHasher {
  /** A PHC string with a salt of its own. */
  hash(password: string): Promise<string>;
  /** Whether the password is the one behind a PHC string. Takes as long for every string with today's parameters. */
  verify(password: string, phc: string): Promise<boolean>;
  /** Whether a PHC string was made with less effort than passwords get today. */
  isOutdated(phc: string): boolean;
  /** A PHC string of today's parameters that no password fits: verifying against it takes the usual time. */
  readonly decoy: string;
}
