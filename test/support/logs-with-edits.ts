import fc from 'fast-check';
import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import type { Message } from '../../core/contract/messages.ts';
import type { LogRecord } from '../../lambdas/application/ports/log-record.ts';
import { editedRecord, idOf, postedRecord } from './log-records.ts';

/** A record of one partition; its offset is its place in the list. */
export type LogItem =
  | { readonly kind: 'post'; readonly message: number; readonly copy: number }
  /** Of the record at `of`, whatever that is: a post before it or behind it, a copy, another edit, or no record. */
  | { readonly kind: 'edit'; readonly of: number; readonly by: 'ada' | 'bob' };

/** The two conversations that the records are of. */
export type Rooms = readonly [ConversationId, ConversationId];

export const anyLog: fc.Arbitrary<LogItem[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('post' as const), message: fc.nat(11), copy: fc.nat(3) }),
    fc.record({
      kind: fc.constant('edit' as const),
      of: fc.nat(40),
      by: fc.constantFrom('ada' as const, 'bob' as const),
    }),
  ),
  { minLength: 1, maxLength: 40 },
);

/** What a consumer does, one batch after the other. */
export interface CourseStep {
  readonly size: number;
  /** Another instance takes over. */
  readonly fresh: boolean;
  /** It ends before it commits. */
  readonly crash: boolean;
  /** How far it goes back before, as after a rebalance or a reset. */
  readonly back: number;
}

export const anyCourse: fc.Arbitrary<CourseStep[]> = fc.array(
  fc.record({
    size: fc.integer({ min: 1, max: 12 }),
    fresh: fc.boolean(),
    crash: fc.boolean(),
    back: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(40) }),
  }),
  { minLength: 1, maxLength: 60 },
);

const roomOf = (rooms: Rooms, message: number) => (message % 2 === 0 ? rooms[0] : rooms[1]);
const senderOf = (message: number) => (message % 3 === 0 ? 'ada' : 'bob');

export function recordsOf(log: readonly LogItem[], rooms: Rooms): LogRecord[] {
  return log.map((item, offset) => {
    if (item.kind === 'post') {
      const { message, copy } = item;
      return postedRecord({
        conversationId: roomOf(rooms, message),
        offset,
        nonce: `nonce--${message}`,
        sender: senderOf(message),
        attempt: copy,
      });
    }
    const conversationId = roomOfEdit(log, rooms, item.of);
    const messageId = idOf(postedRecord({ conversationId, offset: item.of, nonce: 'nonce--x' }));
    return editedRecord({ conversationId, offset, messageId, sender: item.by });
  });
}

function roomOfEdit(log: readonly LogItem[], rooms: Rooms, of: number): ConversationId {
  const target = log[of];
  return target?.kind === 'post' ? roomOf(rooms, target.message) : rooms[0];
}

/** Lets a consumer take its course through the records, and then on to their end. */
export async function takeCourse(
  records: readonly LogRecord[],
  course: readonly CourseStep[],
  take: (batch: readonly LogRecord[], fresh: boolean) => Promise<void>,
): Promise<void> {
  let committed = 0;
  for (const { size, fresh, crash, back } of course) {
    committed = Math.max(0, committed - back);
    const batch = records.slice(committed, committed + size);
    if (batch.length === 0) continue;
    await take(batch, fresh);
    if (!crash) committed += batch.length;
  }
  for (; committed < records.length; committed += 7)
    await take(records.slice(committed, committed + 7), false);
}

export interface ShownVersion {
  readonly messageId: MessageId;
  readonly content: string;
  readonly editId: MessageId | undefined;
}

export function shownVersion({ messageId, content, edit }: Message): ShownVersion {
  return { messageId, content, editId: edit?.editId };
}

/** What a conversation must come to, and the offsets of its edits without a post: said without the functions' rules. */
export function expectedOf(
  log: readonly LogItem[],
  rooms: Rooms,
  conversationId: ConversationId,
): { messages: ShownVersion[]; orphans: bigint[] } {
  const records = recordsOf(log, rooms);
  const rows = new Map<number, { offset: number; content: string; editedAt?: number }>();
  const orphans: bigint[] = [];
  for (const [offset, item] of log.entries()) {
    if (item.kind === 'post') {
      if (roomOf(rooms, item.message) === conversationId && !rows.has(item.message))
        rows.set(item.message, { offset, content: `content of nonce--${item.message}` });
      continue;
    }
    if (roomOfEdit(log, rooms, item.of) !== conversationId) continue;
    const target = log[item.of];
    const row = target?.kind === 'post' ? rows.get(target.message) : undefined;
    const isOwn = target?.kind === 'post' && senderOf(target.message) === item.by;
    // A post that stands behind it has no row yet, or its key has an earlier one.
    if (isOwn && row?.offset === item.of)
      Object.assign(row, { content: `edited at ${offset}`, editedAt: offset });
    else orphans.push(BigInt(offset));
  }
  const idAt = (offset: number) => idOf(records[offset]!);
  const messages = [...rows.values()].map(({ offset, content, editedAt }) => ({
    messageId: idAt(offset),
    content,
    editId: editedAt === undefined ? undefined : idAt(editedAt),
  }));
  return { messages, orphans };
}
