import type { ConversationId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';
import type { Bucket } from '../../../core/domain/bucket.ts';
import type { Row } from './cassandra.ts';

export const MESSAGE_COLUMNS = 'message_id, sender, nonce, content, posted_at';
export const BUCKET_COLUMNS = 'bucket, first_message_id, message_count, through_id';

export function messageOf(conversationId: ConversationId, row: Row): Message {
  return {
    messageId: row.message_id as string,
    conversationId,
    sender: row.sender as string,
    nonce: row.nonce as string,
    content: row.content as string,
    postedAt: (row.posted_at as Date).toISOString(),
  };
}

/** A bucket that was opened and not yet counted has no count and no `through_id`. */
export function bucketOf(row: Row): Bucket {
  return {
    number: row.bucket as number,
    firstId: row.first_message_id as string,
    count: (row.message_count as number | null) ?? 0,
    throughId: (row.through_id as string | null) ?? '',
  };
}
