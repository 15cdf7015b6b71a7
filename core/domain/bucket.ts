import type { MessageId } from '../contract/ids.ts';
import { BUCKET_MAX_MESSAGES } from '../contract/limits.ts';

/**
 * A range of a conversation's messages: from `firstId` to the next bucket's first id, which is not in it. `count` counts
 * the messages through `throughId`, so that a message that comes again is not counted again.
 */
export interface Bucket {
  readonly number: number;
  readonly firstId: MessageId;
  readonly count: number;
  readonly throughId: MessageId;
}

/** The bucket that a conversation's first message opens. */
export function firstBucket(messageId: MessageId): Bucket {
  return { number: 0, firstId: messageId, count: 0, throughId: '' };
}

/**
 * Where the newest message of a conversation goes: into the last bucket, or into a new one if that is full. The outcome
 * depends on the messages alone, not on how they were cut into batches, so a replay puts them where they were.
 */
export function placeNewest(
  last: Bucket | undefined,
  messageId: MessageId,
): { bucket: Bucket; opened: boolean } {
  const opened = last === undefined || (last.count >= BUCKET_MAX_MESSAGES && messageId > last.throughId);
  const bucket = last === undefined ? firstBucket(messageId) : opened ? nextBucket(last, messageId) : last;
  return { bucket: countIn(bucket, messageId), opened };
}

function nextBucket(last: Bucket, messageId: MessageId): Bucket {
  return { number: last.number + 1, firstId: messageId, count: 0, throughId: '' };
}

function countIn(bucket: Bucket, messageId: MessageId): Bucket {
  if (messageId <= bucket.throughId) return bucket;
  return { ...bucket, count: bucket.count + 1, throughId: messageId };
}
