import { argon2id } from 'hash-wasm';
import { describe, expect, it } from 'vitest';
import { argon2idOf, type CryptoWithArgon2 } from '../../../lambdas/adapters/identity/argon2id.ts';
import { Argon2idPasswordHasher } from '../../../lambdas/adapters/identity/argon2id-password-hasher.ts';
import { formatPhc, parsePhc } from '../../../lambdas/adapters/identity/phc-string.ts';

/** Stands for a Node that has `crypto.argon2`: the documented call, computed by other means. */
const newerNode: CryptoWithArgon2 = {
  argon2: (algorithm, { message, nonce, memory, passes, parallelism, tagLength }, callback) => {
    expect(algorithm).toBe('argon2id');
    argon2id({
      password: message,
      salt: nonce,
      memorySize: memory,
      iterations: passes,
      parallelism,
      hashLength: tagLength,
      outputType: 'binary',
    }).then(
      (tag) => callback(null, tag),
      (error: Error) => callback(error, new Uint8Array()),
    );
  },
};
const BACKENDS = [
  ['the crypto of newer Nodes', newerNode],
  ['WebAssembly', {}],
] as const satisfies readonly (readonly [string, CryptoWithArgon2])[];

const EFFORT = { memoryKib: 19 * 1024, passes: 2, parallelism: 1 };

describe.each(BACKENDS)('passwords hashed by %s', (_, runtime) => {
  const hasher = new Argon2idPasswordHasher(EFFORT, argon2idOf(runtime));

  it('are PHC strings of argon2id with the least effort that OWASP names, each with a salt of its own', async () => {
    const [one, other] = [await hasher.hash('correct horse'), await hasher.hash('correct horse')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(other).not.toBe(one);
    expect(await hasher.verify('correct horse', one)).toBe(true);
    expect(await hasher.verify('correct horsf', one)).toBe(false);
  });

  it('are the reference implementation’s', async () => {
    // phc-winner-argon2, src/test.c: version 0x13, Argon2id, t=2, m=2^16, p=1.
    const reference =
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await hasher.verify('password', reference)).toBe(true);
    expect(await hasher.verify('differentpassword', reference)).toBe(false);
  });

  it('are verified by the other one', async () => {
    const other = new Argon2idPasswordHasher(EFFORT, argon2idOf(runtime === newerNode ? {} : newerNode));
    expect(await other.verify('correct horse', await hasher.hash('correct horse'))).toBe(true);
  });

  it('are never cut off and take any character', async () => {
    const long = `${'🦊'.repeat(255)}a`;
    const hash = await hasher.hash(long);
    expect(await hasher.verify(long, hash)).toBe(true);
    expect(await hasher.verify(`${'🦊'.repeat(255)}b`, hash)).toBe(false);
  });

  it('are the same however their characters are composed', async () => {
    expect(await hasher.verify('Re\u0301ne\u0301 ﬁnds', await hasher.hash('Réné finds'))).toBe(true);
  });

  it('no password fits the decoy, which looks like any other', async () => {
    expect(parsePhc(hasher.decoy)).toMatchObject(EFFORT);
    expect(hasher.isOutdated(hasher.decoy)).toBe(false);
    expect(await hasher.verify('x', hasher.decoy)).toBe(false);
  });
});

describe('an error of the runtime', () => {
  it('is not a refusal', async () => {
    const broken: CryptoWithArgon2 = {
      argon2: (_algorithm, _parameters, done) => done(new Error('no memory'), new Uint8Array()),
    };
    await expect(new Argon2idPasswordHasher(EFFORT, argon2idOf(broken)).hash('x')).rejects.toThrow(
      'no memory',
    );
  });
});

describe('outdated hashes', () => {
  const hasher = new Argon2idPasswordHasher();
  const phc = (of: Partial<typeof EFFORT>) =>
    formatPhc({ ...EFFORT, ...of, salt: Buffer.alloc(16), tag: Buffer.alloc(32) });

  it('are those with less memory or fewer passes than today, and what is none of ours', () => {
    expect(hasher.isOutdated(phc({}))).toBe(false);
    expect(hasher.isOutdated(phc({ memoryKib: 64 * 1024, passes: 3 }))).toBe(false);
    expect(hasher.isOutdated(phc({ memoryKib: 16 * 1024 }))).toBe(true);
    expect(hasher.isOutdated(phc({ passes: 1 }))).toBe(true);
    expect(hasher.isOutdated('plain text')).toBe(true);
  });

  it('what is none of ours fits no password', async () => {
    expect(await hasher.verify('plain text', 'plain text')).toBe(false);
  });
});
