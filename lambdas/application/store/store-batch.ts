import type { ConversationStored } from '../../../core/contract/events.ts';
import type { ConversationId } from '../../../core/contract/ids.ts';
import { BATCH_MAX_STATEMENTS } from '../../../core/contract/limits.ts';
import type { Message } from '../../../core/contract/messages.ts';
import { forEachConcurrently } from '../concurrency.ts';
import { decodeMessage, type LoggedMessage } from '../consumers/decode-message.ts';
import type { DeadLetters } from '../ports/dead-letters.ts';
import type { LogProgress } from '../ports/log-progress.ts';
import type { LogRecord } from '../ports/log-record.ts';
import type { MessageStore } from '../ports/message-store.ts';
import type { SignalLog } from '../ports/signal-log.ts';
import { planConversation } from './conversation-batch.ts';
import { type ConversationMemories, ConversationMemory } from './conversation-memory.ts';
import { writePlacement } from './write-placement.ts';

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
  const announcements: { partition: number; offset: bigint; event: ConversationStored }[] = [];
  const work: { partition: number; conversationId: ConversationId; logged: LoggedMessage[] }[] = [];

  for (const { partition, records } of partitions) {
    const [first] = records;
    if (first) ports.memories.expect(partition, first.offset);
    const conversations = new Map<ConversationId, LoggedMessage[]>();
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
      const together = conversations.get(logged.message.conversationId);
      if (together) together.push(logged);
      else conversations.set(logged.message.conversationId, [logged]);
    }
    for (const [conversationId, logged] of conversations) work.push({ partition, conversationId, logged });
  }

  await forEachConcurrently(work, CONVERSATIONS_AT_ONCE, async ({ partition, conversationId, logged }) => {
    const lowest = logged[0]?.source.offset ?? 0n;
    try {
      const outcome = await storeConversation(ports, partition, conversationId, logged);
      totals.stored += outcome.stored.length;
      totals.duplicates += outcome.duplicates;
      totals.lookups += outcome.lookups;
      totals.deadLetters += outcome.refused;
      const event = announcementOf(conversationId, outcome.stored);
      if (event) announcements.push({ partition, offset: lowest, event });
    } catch (error) {
      fail(partition, lowest, error);
    }
  });

  try {
    await ports.signalLog.announce(announcements.map(({ event }) => event));
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
  partition: number,
  conversationId: ConversationId,
  logged: readonly LoggedMessage[],
): Promise<{ stored: readonly Message[]; refused: number; duplicates: number; lookups: number }> {
  let memory = ports.memories.get(conversationId);
  if (memory === undefined) {
    memory = new ConversationMemory(await ports.store.tailOf(conversationId));
    ports.memories.set(conversationId, partition, memory);
  }
  const plan = await planConversation(ports.store, memory, conversationId, logged);
  const refused = new Set<Message>();
  for (const placement of plan.placements) {
    if (placement.opened) await ports.store.openBucket(conversationId, placement.bucket);
    for (let start = 0; start < placement.messages.length; start += BATCH_MAX_STATEMENTS) {
      const messages = placement.messages.slice(start, start + BATCH_MAX_STATEMENTS);
      for (const { message } of await writePlacement(
        ports,
        conversationId,
        placement.bucket.number,
        messages,
      )) {
        refused.add(message);
      }
    }
  }
  const stored = plan.messages.filter((message) => !refused.has(message));
  const newest = stored.at(-1);
  await Promise.all([
    ...plan.placements.map(({ bucket }) => ports.store.countBucket(conversationId, bucket)),
    ...(newest === undefined ? [] : [ports.store.writeHead(newest)]),
  ]);
  return { stored, refused: refused.size, duplicates: plan.duplicates, lookups: plan.lookups };
}

function announcementOf(
  conversationId: ConversationId,
  stored: readonly Message[],
): ConversationStored | undefined {
  const first = stored[0];
  const through = stored.at(-1);
  if (first === undefined || through === undefined) return undefined;
  return {
    type: 'conversation.stored',
    conversationId,
    first: first.messageId,
    through: through.messageId,
    count: stored.length,
  };
}
