import type { Signal } from '../../../core/contract/events.ts';
import type { ConversationId } from '../../../core/contract/ids.ts';
import { BATCH_MAX_STATEMENTS } from '../../../core/contract/limits.ts';
import type { Message } from '../../../core/contract/messages.ts';
import { forEachConcurrently } from '../concurrency.ts';
import { decodeMessage, type LoggedEdit, type LoggedMessage } from '../consumers/decode-message.ts';
import type { DeadLetters } from '../ports/dead-letters.ts';
import type { LogProgress } from '../ports/log-progress.ts';
import type { LogRecord } from '../ports/log-record.ts';
import type { MessageStore } from '../ports/message-store.ts';
import type { SignalLog } from '../ports/signal-log.ts';
import { announcementsOf } from './announcements.ts';
import { type ConversationPlan, planConversation } from './conversation-batch.ts';
import { type ConversationMemories, ConversationMemory } from './conversation-memory.ts';
import { storeEdits } from './store-edits.ts';
import { writeOrSetAside } from './write-or-set-aside.ts';

export interface StorePorts {
  readonly store: MessageStore;
  readonly signalLog: SignalLog;
  readonly deadLetters: DeadLetters;
  readonly progress: LogProgress;
  readonly memories: ConversationMemories;
  readonly generation: number;
}

/** Records of one partition, in the order of their offsets. */
export interface PartitionBatch {
  readonly partition: number;
  readonly records: readonly LogRecord[];
}

export interface StoreOutcome {
  /** Per partition the lowest offset that must come again, with everything after it. */
  readonly failures: readonly { partition: number; offset: bigint; error: unknown }[];
  readonly stored: number;
  readonly duplicates: number;
  readonly lookups: number;
  readonly deadLetters: number;
}

/** What a batch holds for one conversation, each in the order of the log. */
interface ConversationWork {
  readonly partition: number;
  readonly conversationId: ConversationId;
  /** The offset of the first record. */
  readonly lowest: bigint;
  readonly posts: LoggedMessage[];
  readonly edits: LoggedEdit[];
}

/** Conversations under way at once. Four native threads a node serve about as many batches as they can take. */
const CONVERSATIONS_AT_ONCE = 32;

/**
 * Stores a batch: every message once, in the order of the log, then announces what is kept, once per conversation. What
 * can't be stored now is reported by partition, and comes again with all that followed it; writes are idempotent.
 */
export async function storeBatch(
  ports: StorePorts,
  partitions: readonly PartitionBatch[],
): Promise<StoreOutcome> {
  const failures = new Map<number, { partition: number; offset: bigint; error: unknown }>();
  const fail = (partition: number, offset: bigint, error: unknown) => {
    const known = failures.get(partition);
    if (known === undefined || offset < known.offset) failures.set(partition, { partition, offset, error });
  };
  const totals = { stored: 0, duplicates: 0, lookups: 0, deadLetters: 0 };
  const announcements: { partition: number; offset: bigint; signals: readonly Signal[] }[] = [];
  const work: ConversationWork[] = [];

  for (const { partition, records } of partitions) {
    const [first] = records;
    if (first) ports.memories.expect(partition, first.offset);
    const conversations = new Map<ConversationId, ConversationWork>();
    for (const record of records) {
      const logged = decodeMessage(record, ports.generation);
      if (logged === undefined) {
        await ports.deadLetters.setAside(record, 'undecodable').then(
          () => {
            totals.deadLetters += 1;
          },
          (error: unknown) => fail(partition, record.offset, error),
        );
        continue;
      }
      const { conversationId } = 'message' in logged ? logged.message : logged;
      let together = conversations.get(conversationId);
      if (together === undefined) {
        together = { partition, conversationId, lowest: record.offset, posts: [], edits: [] };
        conversations.set(conversationId, together);
      }
      if ('message' in logged) together.posts.push(logged);
      else together.edits.push(logged);
    }
    work.push(...conversations.values());
  }

  await forEachConcurrently(work, CONVERSATIONS_AT_ONCE, async (conversation) => {
    const { partition, conversationId, lowest } = conversation;
    try {
      const outcome = await storeConversation(ports, conversation);
      totals.stored += outcome.stored.length;
      totals.duplicates += outcome.duplicates;
      totals.lookups += outcome.lookups;
      totals.deadLetters += outcome.deadLetters;
      const signals = announcementsOf(conversationId, outcome.stored, outcome.edited);
      if (signals.length > 0) announcements.push({ partition, offset: lowest, signals });
    } catch (error) {
      fail(partition, lowest, error);
    }
  });

  try {
    await ports.signalLog.announce(announcements.flatMap(({ signals }) => signals));
  } catch (error) {
    for (const { partition, offset } of announcements) fail(partition, offset, error);
  }

  await Promise.all(
    partitions.map(async ({ partition, records }) => {
      const last = records.at(-1);
      if (last === undefined) return;
      if (failures.has(partition)) ports.memories.forget(partition);
      else {
        ports.memories.concluded(partition, last.offset);
        await ports.progress.note('stored', partition, last.offset);
      }
    }),
  );
  return { ...totals, failures: [...failures.values()] };
}

async function storeConversation(
  ports: StorePorts,
  { partition, conversationId, posts, edits }: ConversationWork,
): Promise<{
  stored: readonly Message[];
  edited: readonly Message[];
  deadLetters: number;
  duplicates: number;
  lookups: number;
}> {
  let memory = ports.memories.get(conversationId);
  if (memory === undefined) {
    memory = new ConversationMemory(await ports.store.tailOf(conversationId));
    ports.memories.set(conversationId, partition, memory);
  }
  const plan = await planConversation(ports.store, memory, conversationId, posts);
  const refused = await writePlan(ports, plan);
  const stored = plan.messages.filter((message) => !refused.has(message));
  const newest = stored.at(-1);
  if (newest !== undefined && newest.messageId > memory.newestId) memory.newestId = newest.messageId;
  // Whatever an edit can be of stands before it in the log, so it is stored by now.
  const { messages: edited, deadLetters } =
    edits.length === 0
      ? { messages: [], deadLetters: 0 }
      : await storeEdits(ports, conversationId, memory.lastBucket, edits);
  const { newestId } = memory;
  const head = [...edited, ...(newest === undefined ? [] : [newest])].find(
    ({ messageId }) => messageId === newestId,
  );
  await ports.store.writeOverview(conversationId, {
    buckets: plan.placements.map(({ bucket }) => bucket),
    head,
  });
  return {
    stored,
    edited,
    deadLetters: refused.size + deadLetters,
    duplicates: plan.duplicates,
    lookups: plan.lookups,
  };
}

/** Writes the posts of a plan, each into its bucket; gives the messages that were refused. */
async function writePlan(
  ports: StorePorts,
  { conversationId, placements }: ConversationPlan,
): Promise<ReadonlySet<Message>> {
  const refused = new Set<Message>();
  for (const { bucket, opened, messages } of placements) {
    if (opened) await ports.store.openBucket(conversationId, bucket);
    for (let start = 0; start < messages.length; start += BATCH_MAX_STATEMENTS) {
      const some = messages.slice(start, start + BATCH_MAX_STATEMENTS);
      const setAside = await writeOrSetAside(ports, some, (these) =>
        ports.store.writeMessages(
          conversationId,
          bucket.number,
          these.map(({ message }) => message),
        ),
      );
      for (const { message } of setAside) refused.add(message);
    }
  }
  return refused;
}
