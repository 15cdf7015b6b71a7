import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';
import { BATCH_MAX_STATEMENTS } from '../../../core/contract/limits.ts';
import type { Message } from '../../../core/contract/messages.ts';
import type { Bucket } from '../../../core/domain/bucket.ts';
import { editIdOf, isEditOf, withEdit } from '../../../core/domain/message-edit.ts';
import { forEachConcurrently } from '../concurrency.ts';
import type { LoggedEdit } from '../consumers/decode-message.ts';
import type { DeadLetters } from '../ports/dead-letters.ts';
import type { MessageStore } from '../ports/message-store.ts';
import { writeOrSetAside } from './write-or-set-aside.ts';

export interface EditsOutcome {
  /** The messages that these edits are of, each in the newest version that is stored now. */
  readonly messages: readonly Message[];
  /** Edits that were set aside: without a post, or refused. */
  readonly deadLetters: number;
}

/** What a batch holds for one message: its edits, the newest last. */
interface EditedMessage {
  readonly bucketNumber: number;
  message: Message;
  readonly edits: LoggedEdit[];
}

/** Messages of one conversation that are looked up at once. */
const LOOKUPS_AT_ONCE = 8;

/**
 * Stores the edits of one conversation; the posts that stand before them in the log have to be stored already. Of several
 * edits of one message the newest is written. An edit whose post is not there, or is of somebody else, is set aside as
 * orphaned.
 *
 * @param lastBucket of the conversation, after the posts of the batch
 */
export async function storeEdits(
  ports: { store: MessageStore; deadLetters: DeadLetters },
  conversationId: ConversationId,
  lastBucket: Bucket | undefined,
  logged: readonly LoggedEdit[],
): Promise<EditsOutcome> {
  const together = new Map<MessageId, LoggedEdit[]>();
  for (const one of logged) {
    const others = together.get(one.edit.messageId);
    if (others) others.push(one);
    else together.set(one.edit.messageId, [one]);
  }
  const found: EditedMessage[] = [];
  let deadLetters = 0;
  await forEachConcurrently(together, LOOKUPS_AT_ONCE, async ([messageId, edits]) => {
    const post = await findPost(ports.store, conversationId, lastBucket, messageId);
    const own: LoggedEdit[] = [];
    for (const one of edits) {
      if (post !== undefined && isEditOf(one.edit, post.message)) {
        own.push(one);
        continue;
      }
      await ports.deadLetters.setAside(one.source, 'orphaned');
      deadLetters += 1;
    }
    if (post !== undefined && own.length > 0) found.push({ ...post, edits: own });
  });
  // Where the newest edit of a message is refused, the one before it is the newest.
  let unwritten = found.filter(isNewer);
  while (unwritten.length > 0) {
    deadLetters += await writeNewest(ports, conversationId, unwritten);
    unwritten = unwritten.filter(isNewer);
  }
  return { messages: found.map(({ message }) => message), deadLetters };
}

/** Whether there is an edit that is newer than what is stored. */
function isNewer({ message, edits }: EditedMessage): boolean {
  const newest = edits.at(-1);
  return newest !== undefined && newest.edit.edit.editId > editIdOf(message);
}

async function findPost(
  store: MessageStore,
  conversationId: ConversationId,
  lastBucket: Bucket | undefined,
  messageId: MessageId,
): Promise<{ bucketNumber: number; message: Message } | undefined> {
  const isInLast = lastBucket !== undefined && messageId >= lastBucket.firstId;
  const bucket = isInLast ? lastBucket : await store.bucketAt(conversationId, messageId);
  if (bucket === undefined) return undefined;
  const message = await store.findMessage(conversationId, bucket.number, messageId);
  return message && { bucketNumber: bucket.number, message };
}

/** Writes the newest edit of each message, and takes it off; gives how many were refused. */
async function writeNewest(
  ports: { store: MessageStore; deadLetters: DeadLetters },
  conversationId: ConversationId,
  edited: readonly EditedMessage[],
): Promise<number> {
  const byBucket = new Map<
    number,
    { target: EditedMessage; newest: LoggedEdit; source: LoggedEdit['source'] }[]
  >();
  for (const target of edited) {
    const newest = target.edits.pop();
    if (newest === undefined) continue;
    const writes = byBucket.get(target.bucketNumber) ?? [];
    writes.push({ target, newest, source: newest.source });
    byBucket.set(target.bucketNumber, writes);
  }
  let refusals = 0;
  for (const [bucketNumber, writes] of byBucket) {
    for (let start = 0; start < writes.length; start += BATCH_MAX_STATEMENTS) {
      const some = writes.slice(start, start + BATCH_MAX_STATEMENTS);
      const refused = await writeOrSetAside(ports, some, (these) =>
        ports.store.writeEdits(
          conversationId,
          bucketNumber,
          these.map(({ newest }) => newest.edit),
        ),
      );
      refusals += refused.size;
      for (const write of some) {
        if (!refused.has(write)) write.target.message = withEdit(write.target.message, write.newest.edit);
      }
    }
  }
  return refusals;
}
