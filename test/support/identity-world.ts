import type { Signal } from '../../core/contract/events.ts';
import type { UserId } from '../../core/contract/ids.ts';
import type { MetricName } from '../../core/contract/metrics.ts';
import { CachedIdentities } from '../../lambdas/adapters/identity/cached-identities.ts';
import { JwtSessionTokens } from '../../lambdas/adapters/identity/jwt-session-tokens.ts';
import { SessionKeyRing } from '../../lambdas/adapters/identity/session-key-ring.ts';
import type { Claims } from '../../lambdas/application/ports/claims.ts';
import type { SignalLog } from '../../lambdas/application/ports/signal-log.ts';
import { MemoryClaims } from './doubles/memory-claims.ts';
import { MemoryIdentityCache } from './doubles/memory-identity-cache.ts';
import { MemorySessions } from './doubles/memory-sessions.ts';
import { MemoryUserDirectory } from './doubles/memory-user-directory.ts';
import { MemoryUsers } from './doubles/memory-users.ts';
import { breakable } from './doubles/outage.ts';
import { PlainPasswordHasher } from './doubles/plain-password-hasher.ts';

/** Session keys as the setting's file has them; `kids` in order, the last one current. */
export function sessionKeysJson(kids: readonly string[]): string {
  const lines = kids.map((kid) => JSON.stringify({ kid, key: Buffer.alloc(32, kid).toString('base64url') }));
  return lines.toReversed().join('\n');
}

/** Everything that identity works with, in memory, with a clock to set and stores to take away. */
export function makeIdentityWorld() {
  let now = Date.parse('2026-03-01T12:00:00.000Z');
  let keys = sessionKeysJson(['one']);
  const clock = () => now;
  const keyRing = new SessionKeyRing(async () => keys, clock);
  const claims = breakable(new MemoryClaims(clock), 'cassandra');
  const users = breakable(new MemoryUsers(claims.port), 'cassandra');
  const userDirectory = breakable(new MemoryUserDirectory(), 'cassandra');
  const cache = breakable(new MemoryIdentityCache(), 'dynamodb');
  const sessions = breakable(new MemorySessions(), 'dynamodb');
  const announced: Signal[] = [];
  const announce = async (signals: readonly Signal[]) => void announced.push(...signals);
  const signalLog = breakable<SignalLog>({ announce }, 'kafka');
  const counted: MetricName[] = [];
  const members: UserId[] = [];
  const count = (metric: MetricName) => void counted.push(metric);
  const identities = new CachedIdentities({ users: users.port, cache: cache.port, count, now: clock });
  const passwordHasher = new PlainPasswordHasher();
  return {
    parts: {
      claims: claims.port as Claims,
      users: users.port,
      userDirectory: userDirectory.port,
      cache: cache.port,
      sessions: sessions.port,
      identities,
      profiles: identities,
      passwordHasher,
      commonPasswords: { has: (folded: string) => folded === 'sunshine' },
      memberships: { addToGeneral: async (userId: UserId) => void members.push(userId) },
      tokens: new JwtSessionTokens(keyRing, 900, clock),
      refreshKeys: async () => [...(await keyRing.keys()).accepted.values()],
      signalLog: signalLog.port,
      count,
      now: () => new Date(now),
    },
    verified: passwordHasher.verified,
    /** Names of the calls of the users' and the cache's methods so far. */
    calls: { users: users.calls, cache: cache.calls },
    counted,
    announced,
    members,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    setKeys: (kids: readonly string[]) => {
      keys = sessionKeysJson(kids);
    },
    setCassandraAway: (away: boolean) => {
      for (const part of [claims, users, userDirectory]) part.setAway(away);
    },
    setDynamoAway: (away: boolean) => {
      for (const part of [cache, sessions]) part.setAway(away);
    },
    setLogAway: signalLog.setAway,
    setSessionsAway: sessions.setAway,
    setDirectoryAway: userDirectory.setAway,
  };
}

export type IdentityWorld = ReturnType<typeof makeIdentityWorld>;

export const ADA = {
  userId: 'ada',
  emailId: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'Lovelace',
  password: 'analytical engine',
};
