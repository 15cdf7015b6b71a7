import type { UserId } from '../../../core/contract/ids.ts';

/** Brings new users into the conversation that everyone is in. */
export interface MembershipWriter {
  /**
   * Makes the user a member of `general` and sets its read marker there to the head, so that nothing from before it came
   * counts as unread. Doing it again changes nothing. With DynamoDB away Cassandra alone is written: everyone counts as a
   * member of `general` anyway, and the sweep completes the copy.
   *
   * @throws {StoreUnavailableError} if Cassandra is away
   */
  addToGeneral(userId: UserId): Promise<void>;
}
