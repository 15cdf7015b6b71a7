import type { PasswordHasher } from '../../../lambdas/application/ports/password-hasher.ts';

/** No hashing at all, so that a test of something else takes no time for it; counts what it was asked. */
export class PlainPasswordHasher implements PasswordHasher {
  readonly decoy = 'decoy';
  readonly verified: string[] = [];

  async hash(password: string): Promise<string> {
    return `new:${password}`;
  }

  async verify(password: string, phc: string): Promise<boolean> {
    this.verified.push(phc);
    return phc === `new:${password}` || phc === `old:${password}`;
  }

  isOutdated(phc: string): boolean {
    return phc.startsWith('old:');
  }
}
