import type { ConversationId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';
import type { Bucket } from '../../../core/domain/bucket.ts';
import { postedAtOf } from '../../../core/domain/message-id.ts';
import type { Row } from './cassandra.ts';

export const MESSAGE_COLUMNS = 'message_id, sender, nonce, content, posted_at, edit_id, edited_content';
export const BUCKET_COLUMNS = 'bucket, first_message_id, message_count, through_id';

/** A message in its newest version; its row keeps what was posted beside what the newest edit says. */
export function messageOf(conversationId: ConversationId, row: Row): Message {
  const editId = row.edit_id as string | null;
  return {
    messageId: row.message_id as string,
    conversationId,
    sender: row.sender as string,
    nonce: row.nonce as string,
    content: (editId === null ? row.content : row.edited_content) as string,
    postedAt: (row.posted_at as Date).toISOString(),
    ...(editId === null ? {} : { edit: { editId, editedAt: postedAtOf(editId) } }),
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
