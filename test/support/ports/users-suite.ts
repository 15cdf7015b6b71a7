import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Claim, Claims } from '../../../lambdas/application/ports/claims.ts';
import type { User, Users } from '../../../lambdas/application/ports/users.ts';

export function newUser(of: Partial<User> = {}): User {
  const userId = of.userId ?? `u${randomUUID().slice(0, 12)}`;
  return {
    userId,
    emailId: `${userId}@example.com`,
    firstName: 'Ada',
    lastName: 'Lovelace',
    passwordHash: 'hash',
    createdAt: new Date('2026-01-02T03:04:05.678Z'),
    ...of,
  };
}

const claimsOf = ({ userId, emailId }: User): readonly [Claim, Claim] => {
  const attemptId = randomUUID();
  return [
    { kind: 'email', name: emailId, owner: userId, attemptId },
    { kind: 'user-id', name: userId, owner: userId, attemptId },
  ];
};

/** What sign-up does, in short. */
export async function settle(users: Users, claims: Claims, user: User): Promise<void> {
  await users.write(user);
  for (const claim of claimsOf(user)) {
    await claims.claim(claim);
    await claims.confirm(claim);
  }
}

/** What Users promises, whichever store stands behind it. */
export function describeUsers(name: string, open: () => { users: Users; claims: Claims }): void {
  describe(`${name}: users`, () => {
    it('finds a user by id and by e-mail address', async () => {
      const { users, claims } = open();
      const user = newUser({ avatar: 'https://example.com/a.png' });
      await settle(users, claims, user);
      expect(await users.find(user.userId)).toEqual(user);
      expect(await users.findByEmail(user.emailId)).toEqual(user);
    });

    it('finds nobody where nobody is', async () => {
      expect(await open().users.find('nobody')).toBeUndefined();
      expect(await open().users.findByEmail('nobody@example.com')).toBeUndefined();
    });

    it('somebody whose user id is not confirmed is nobody', async () => {
      const { users, claims } = open();
      const user = newUser();
      const [email, userId] = claimsOf(user);
      await users.write(user);
      expect(await users.find(user.userId)).toBeUndefined();
      await claims.claim(email);
      await claims.confirm(email);
      await claims.claim(userId);
      expect(await users.find(user.userId)).toBeUndefined();
      expect(await users.findByEmail(user.emailId)).toBeUndefined();
      await claims.confirm(userId);
      expect(await users.findByEmail(user.emailId)).toEqual(user);
    });

    it('a later attempt leaves nothing of an earlier one', async () => {
      const { users, claims } = open();
      const first = newUser({ avatar: 'https://example.com/a.png' });
      await users.write(first);
      const second = newUser({ userId: first.userId, emailId: `other-${first.emailId}`, firstName: 'Eve' });
      await settle(users, claims, second);
      expect(await users.find(first.userId)).toEqual(second);
    });

    it('changes names and picture, or the password hash, and nothing else', async () => {
      const { users, claims } = open();
      const { avatar: _avatar, ...user } = newUser({ avatar: 'https://example.com/a.png' });
      await settle(users, claims, { ...user, avatar: 'https://example.com/a.png' });
      await users.writeProfile({ userId: user.userId, firstName: 'Augusta', lastName: 'King' });
      expect(await users.find(user.userId)).toEqual({ ...user, firstName: 'Augusta', lastName: 'King' });
      await users.writePasswordHash(user.userId, 'other');
      expect(await users.find(user.userId)).toEqual({
        ...user,
        firstName: 'Augusta',
        lastName: 'King',
        passwordHash: 'other',
      });
    });
  });
}
