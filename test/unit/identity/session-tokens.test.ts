import { SignJWT } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { JwtSessionTokens } from '../../../lambdas/adapters/identity/jwt-session-tokens.ts';
import { SessionKeyRing } from '../../../lambdas/adapters/identity/session-key-ring.ts';
import { OLD_KEY_ACCEPTED_MS, parseSessionKeys } from '../../../lambdas/adapters/identity/session-keys.ts';
import { sessionKeysJson } from '../../support/identity-world.ts';

let now: number;
let keys: string;
let reads: number;
let tokens: JwtSessionTokens;
beforeEach(() => {
  now = Date.parse('2026-03-01T12:00:00.000Z');
  keys = sessionKeysJson(['one']);
  reads = 0;
  tokens = makeTokens();
});

function makeTokens(): JwtSessionTokens {
  const read = async () => {
    reads += 1;
    return keys;
  };
  return new JwtSessionTokens(new SessionKeyRing(read, () => now), 900, () => now);
}

const session = { userId: 'ada', sessionId: 'a-session', refreshable: true };

describe('a session token', () => {
  it('says who it stands for until it expires', async () => {
    const { token, session: issued } = await tokens.issue(session);
    expect(issued).toEqual({ ...session, expiresAt: new Date('2026-03-01T12:15:00.000Z') });
    now += 899_000;
    expect(await tokens.verify(token)).toEqual(issued);
    now += 1_000;
    expect(await tokens.verify(token)).toBe('expired');
  });

  it('is HS256 with the id of its key, and holds nothing but subject, session and times', async () => {
    const { token } = await tokens.issue({ ...session, refreshable: false });
    const [header, payload] = token
      .split('.', 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    expect(header).toEqual({ alg: 'HS256', kid: 'one' });
    expect(Object.keys(payload).sort()).toEqual(['exp', 'iat', 'refreshable', 'sid', 'sub']);
    expect(await tokens.verify(token)).toMatchObject({ refreshable: false });
  });

  it('is invalid if changed, unsigned, signed with another algorithm or key, or no token', async () => {
    const { token } = await tokens.issue(session);
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const none = Buffer.from('{"alg":"none","kid":"one"}').toString('base64url');
    const forge = (alg: string, kid: string | undefined, key: Uint8Array) =>
      new SignJWT({ sid: 'x' })
        .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
        .setSubject('ada')
        .setIssuedAt(0)
        .setExpirationTime('10y')
        .sign(key);
    const right = Buffer.alloc(32, 'one');
    for (const bad of [
      '',
      'x.y.z',
      `${header}.${Buffer.from('{"sub":"eve"}').toString('base64url')}.${signature}`,
      `${none}.${payload}.`,
      await forge('HS256', 'one', Buffer.alloc(32, 'eve')),
      await forge('HS256', 'two', right),
      await forge('HS256', undefined, right),
      await forge('HS512', 'one', right),
    ]) {
      expect(await tokens.verify(bad), bad).toBe('invalid');
    }
  });

  it('without its claims is invalid', async () => {
    const key = Buffer.alloc(32, 'one');
    const bare = await new SignJWT({ sub: 'ada' }).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(key);
    expect(await tokens.verify(bare)).toBe('invalid');
  });
});

describe('session keys in rotation', () => {
  it('an old one is accepted as long as it is among them, and the new one signs', async () => {
    const { token } = await tokens.issue(session);
    keys = sessionKeysJson(['one', 'two']);
    const elsewhere = makeTokens();
    expect(await elsewhere.verify(token)).toMatchObject({ userId: 'ada' });
    const { token: newer } = await elsewhere.issue(session);
    expect(await tokens.verify(newer)).toBe('invalid');
    now += 10_000;
    expect(await tokens.verify(newer)).toMatchObject({ userId: 'ada' });
    keys = sessionKeysJson(['two']);
    expect(await makeTokens().verify(token)).toBe('invalid');
  });

  it('come into use within minutes, and are not read for every token', async () => {
    for (let count = 0; count < 5; count += 1) await tokens.verify((await tokens.issue(session)).token);
    expect(reads).toBe(1);
    keys = sessionKeysJson(['one', 'two']);
    now += 5 * 60_000;
    expect((await tokens.issue(session)).token).toContain(
      Buffer.from('{"alg":"HS256","kid":"two"}').toString('base64url'),
    );
  });

  it('stay in use where the place they come from is broken', async () => {
    await tokens.issue(session);
    keys = 'nonsense';
    now += 5 * 60_000;
    await expect(tokens.issue(session)).resolves.toBeDefined();
    await expect(makeTokens().issue(session)).rejects.toThrow('The session keys are not valid JSON.');
  });
});

describe('reading session keys', () => {
  const key = Buffer.alloc(32, 'k').toString('base64url');

  const line = (kid: string, since?: string) => JSON.stringify({ kid, key, since });
  const at = Date.parse('2026-03-01T12:00:00.000Z');

  it('gives the current one, the first, and all accepted ones', () => {
    const parsed = parseSessionKeys(`${line('b')}\n${line('a')}\n`, at);
    expect(parsed.current.kid).toBe('b');
    expect([...parsed.accepted.keys()]).toEqual(['b', 'a']);
  });

  it('gives up an old one when its last token has run out', () => {
    const text = `${line('b', '2026-03-01T12:00:00.000Z')}\n${line('a')}`;
    const acceptedAfter = (milliseconds: number) => [
      ...parseSessionKeys(text, at + milliseconds).accepted.keys(),
    ];
    expect(acceptedAfter(OLD_KEY_ACCEPTED_MS - 1)).toEqual(['b', 'a']);
    expect(acceptedAfter(OLD_KEY_ACCEPTED_MS)).toEqual(['b']);
  });

  it.each([
    ['not JSON', 'secret', /not valid JSON/],
    ['null', 'null', /must be JSON with "kid"/],
    ['nothing', '\n', /There are no session keys/],
    ['no key', '{"kid":"a"}', /must be JSON with "kid"/],
    ['a short key', '{"kid":"a","key":"c2hvcnQ"}', /"a" must have at least 32 bytes/],
    ['a time that is none', '{"kid":"a","key":"c2hvcnQ","since":"now"}', /must be JSON with "kid"/],
  ])('says what is wrong, and no key: %s', (_, text, sentence) => {
    expect(() => parseSessionKeys(text, at)).toThrow(sentence);
    expect(() => parseSessionKeys(text, at)).not.toThrow(/secret|c2hvcnQ/);
  });
});
