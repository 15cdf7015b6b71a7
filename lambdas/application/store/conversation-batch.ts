import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';
import { type Bucket, placeNewest } from '../../../core/domain/bucket.ts';
import type { LoggedMessage } from '../consumers/decode-message.ts';
import type { MessageStore } from '../ports/message-store.ts';
import { type ConversationMemory, keyTextOf } from './conversation-memory.ts';

/** Messages of one conversation that go into one bucket. */
export interface Placement {
  /** As it stands after these messages. */
  bucket: Bucket;
  readonly messages: LoggedMessage[];
  /** The bucket's row must be there before its messages. */
  readonly opened: boolean;
}

/** What a batch holds for one conversation: what is to be written where, and what was dropped as a copy. */
export interface ConversationPlan {
  readonly conversationId: ConversationId;
  readonly placements: readonly Placement[];
  readonly messages: readonly Message[];
  readonly duplicates: number;
  /** Look-ups of marked copies beyond the memory. */
  readonly lookups: number;
}

/**
 * Decides for the messages of one conversation, in the order of the log, which are first of their key and where each
 * goes; and remembers them. The first in the log wins: a copy is dropped, a message that comes again (a replay) is
 * written again to its own place.
 */
export async function planConversation(
  store: MessageStore,
  memory: ConversationMemory,
  conversationId: ConversationId,
  logged: readonly LoggedMessage[],
): Promise<ConversationPlan> {
  const placements = new Map<number, Placement>();
  const messages: Message[] = [];
  // The memory may already have let go of what this very batch is about to write, and no look-up would find it yet.
  const planned = new Map<string, MessageId>();
  let duplicates = 0;
  let lookups = 0;
  for (const candidate of logged) {
    const { message } = candidate;
    let first = memory.idOf(message) ?? planned.get(keyTextOf(message));
    if (first === undefined && candidate.marked && !memory.isCompleteSince(candidate.after)) {
      lookups += 1;
      first = await store.findCopy(conversationId, message, {
        after: candidate.after,
        before: message.messageId,
      });
    }
    if (first !== undefined && first < message.messageId) {
      duplicates += 1;
      continue;
    }
    const { bucket, opened } = await place(store, memory, conversationId, message.messageId);
    const placement = placements.get(bucket.number) ?? { bucket, opened, messages: [] };
    placement.bucket = bucket;
    placement.messages.push(candidate);
    placements.set(bucket.number, placement);
    memory.remember(message, message.messageId);
    planned.set(keyTextOf(message), message.messageId);
    messages.push(message);
  }
  return { conversationId, placements: [...placements.values()], messages, duplicates, lookups };
}

async function place(
  store: MessageStore,
  memory: ConversationMemory,
  conversationId: ConversationId,
  messageId: MessageId,
): Promise<{ bucket: Bucket; opened: boolean }> {
  const last = memory.lastBucket;
  if (last === undefined || messageId >= last.firstId) {
    const placed = placeNewest(last, messageId);
    memory.lastBucket = placed.bucket;
    return placed;
  }
  // A replay from further back: the message has its place in an older bucket, whose count includes it already.
  const older = await store.bucketAt(conversationId, messageId);
  if (older !== undefined) return { bucket: older, opened: false };
  // Older than all that is kept: it gets a bucket of its own in front of them.
  return { bucket: { number: -1, firstId: messageId, count: 1, throughId: messageId }, opened: true };
}
