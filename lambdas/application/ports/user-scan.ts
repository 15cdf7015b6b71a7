import type { UserId } from '../../../core/contract/ids.ts';

/** Walks through all users, in an order that means nothing but stays the same. */
export interface UserScan {
  /**
   * The users after `position`, a 64-bit place in that order (undefined: from its beginning); `next` is undefined at its end.
   *
   * @throws {StoreUnavailableError} if Cassandra is away
   */
  usersAfter(
    position: bigint | undefined,
    limit: number,
  ): Promise<{ readonly userIds: readonly UserId[]; readonly next: bigint | undefined }>;
}
