import { beforeEach, describe, expect, it } from 'vitest';
import { closeSession } from '../../../lambdas/application/identity/close-session.ts';
import { openSession } from '../../../lambdas/application/identity/open-session.ts';
import { refreshSession } from '../../../lambdas/application/identity/refresh-session.ts';
import { hashOf } from '../../../lambdas/application/identity/refresh-token.ts';
import { type IdentityWorld, makeIdentityWorld } from '../../support/identity-world.ts';

let world: IdentityWorld;
let first: string;
let sessionId: string;
beforeEach(async () => {
  world = makeIdentityWorld();
  const opened = await openSession(world.parts, 'ada');
  first = refreshTokenOf(opened.cookies);
  sessionId = opened.session.sessionId;
});

const refresh = async (token: string) => {
  const { session, cookies } = await refreshSession(world.parts, token);
  return { session, token: refreshTokenOf(cookies) };
};
const refusal = {
  code: 'refresh_refused',
  cookies: [expect.stringContaining('Max-Age=0'), expect.any(String)],
};

describe('refreshing a session', () => {
  it('gives a new session token and a new refresh token; the session stays the same', async () => {
    world.pass(1000);
    const next = await refresh(first);
    expect(next.token).not.toBe(first);
    expect(next.session).toMatchObject({ userId: 'ada', sessionId, refreshable: true });
    expect(next.session.expiresAt.getTime() - world.parts.now().getTime()).toBe(900_000);
    world.pass(1000);
    expect((await refresh(next.token)).token).not.toBe(next.token);
  });

  it('keeps no token, only hashes', async () => {
    const { token } = await refresh(first);
    const kept = JSON.stringify(await world.parts.sessions.find(sessionId));
    expect(kept).toContain(hashOf(token));
    for (const secret of [first, token].map((t) => t.split('.')[1]!)) expect(kept).not.toContain(secret);
  });

  it('a token that was followed yields the same successor for a minute', async () => {
    const { token } = await refresh(first);
    world.pass(59);
    expect((await refresh(first)).token).toBe(token);
    // The successor in use does not shorten the minute either.
    expect((await refresh(token)).token).toBe(token);
    expect((await refresh(first)).token).toBe(token);
  });

  it('requests at once get the same successor', async () => {
    const tokens = await Promise.all([1, 2, 3].map(() => refresh(first)));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
  });

  it('yields the same successor while the keys are rotated', async () => {
    world.pass(299);
    const { token } = await refresh(first);
    world.setKeys(['one', 'two']);
    // Five minutes after they were read, keys are read again.
    world.pass(10);
    expect((await world.parts.refreshKeys())[0]).toEqual(Buffer.alloc(32, 'two'));
    expect((await refresh(first)).token).toBe(token);
  });

  it('a token that comes back later ends the session for everybody', async () => {
    const { token } = await refresh(first);
    world.pass(60);
    await expect(refresh(first)).rejects.toMatchObject(refusal);
    await expect(refresh(token)).rejects.toMatchObject(refusal);
  });

  it('a token that comes back later closes the sockets of its session, once', async () => {
    await refresh(first);
    world.pass(60);
    await expect(refresh(first)).rejects.toMatchObject(refusal);
    expect(world.announced).toEqual([{ type: 'session.revoked', userId: 'ada', sessionId }]);
    await expect(refresh(first)).rejects.toMatchObject(refusal);
    expect(world.announced).toHaveLength(1);
  });

  it('a token that comes back later is refused all the same while the log is away', async () => {
    await refresh(first);
    world.pass(60);
    world.setLogAway(true);
    await expect(refresh(first)).rejects.toMatchObject(refusal);
    expect(world.announced).toEqual([]);
    expect(await world.parts.sessions.find(sessionId)).toBeUndefined();
  });

  it('a token that was never given ends the session too', async () => {
    await expect(refresh(`${sessionId}.${'x'.repeat(43)}`)).rejects.toMatchObject(refusal);
    await expect(refresh(first)).rejects.toMatchObject(refusal);
  });

  it('refuses what is no token, and leaves alone who has none', async () => {
    await expect(refresh('nonsense')).rejects.toMatchObject(refusal);
    await expect(refreshSession(world.parts, undefined)).rejects.toMatchObject({
      code: 'refresh_refused',
      cookies: undefined,
    });
  });

  it('is possible for thirty days after the last time', async () => {
    const days = (count: number) => world.pass(count * 24 * 3600);
    days(29);
    const { token } = await refresh(first);
    days(30);
    await expect(refresh(token)).rejects.toMatchObject(refusal);
  });

  it('is 503 while DynamoDB is away, and goes on afterwards', async () => {
    world.setDynamoAway(true);
    await expect(refresh(first)).rejects.toMatchObject({ code: 'sessions_unavailable', cookies: undefined });
    world.setDynamoAway(false);
    await expect(refresh(first)).resolves.toBeDefined();
  });
});

describe('signing out', () => {
  it('ends the session at once, tells its sockets and clears the cookies', async () => {
    const { cookies } = await closeSession(world.parts, undefined, first);
    expect(cookies).toEqual([
      '__Host-ping-me-session=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict',
      '__Secure-ping-me-refresh=; Path=/api/session; Max-Age=0; HttpOnly; Secure; SameSite=Strict',
    ]);
    expect(world.announced).toEqual([{ type: 'session.revoked', userId: 'ada', sessionId }]);
    await expect(refresh(first)).rejects.toMatchObject(refusal);
  });

  it('of nobody just clears the cookies', async () => {
    expect((await closeSession(world.parts, undefined, undefined)).cookies).toHaveLength(2);
    expect(world.announced).toEqual([]);
  });

  it('clears the cookies also where it fails', async () => {
    world.setDynamoAway(true);
    const { session } = await world.parts.tokens.issue({ userId: 'ada', sessionId, refreshable: true });
    await expect(closeSession(world.parts, session, first)).rejects.toMatchObject({
      code: 'sessions_unavailable',
      cookies: [expect.stringContaining('Max-Age=0'), expect.stringContaining('Max-Age=0')],
    });
    expect(world.announced).toHaveLength(1);
  });
});

function refreshTokenOf(cookies: readonly string[]): string {
  return (
    /^__Secure-ping-me-refresh=([^;]+); Path=\/api\/session; Max-Age=2592000; /.exec(cookies[1] ?? '')?.[1] ??
    ''
  );
}
