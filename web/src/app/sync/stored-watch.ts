import type {
  ConversationEdited,
  ConversationSkipped,
  ConversationStored,
} from '../../../../core/contract/events.ts';
import { editIdOf } from '../../../../core/domain/message-edit.ts';
import { lacksEdit, missingWithin, stored } from '../../lib/timeline/timeline.ts';
import { storedAnnounced, timelineOutdated, timelineStale } from '../state/messages-slice.ts';
import type { ConversationList } from './conversation-list.ts';
import type { HistoryReader, StoredRange } from './history-reader.ts';
import type { UserContext } from './user-context.ts';

/** What was pushed may come after the report that it is stored; and not all pages should ask at once. */
const GAP_DELAY = { fromMs: 1_000, spreadMs: 2_000 };
/** The store function reports within a second when all is well. */
const OVERDUE_AFTER_MS = 10_000;

/**
 * Compares what is reported stored with what is held, and reads what is missing; and notices when what is held is not
 * reported stored. The same with what was edited.
 */
export class StoredWatch {
  readonly #context: UserContext;
  readonly #reader: HistoryReader;
  readonly #list: ConversationList;
  readonly #suspected = new Map<string, StoredRange[]>();
  readonly #suspectedEdits = new Map<string, ConversationEdited['edits'][number][]>();
  readonly #expected = new Set<string>();

  constructor(context: UserContext, reader: HistoryReader, list: ConversationList) {
    this.#context = context;
    this.#reader = reader;
    this.#list = list;
  }

  reported({ conversationId, first, through, count }: ConversationStored): void {
    this.#context.store.dispatch(storedAnnounced({ conversationId, through }));
    this.#readIfLacking(conversationId, { first, through, count });
  }

  /** The log has messages that were not pushed; whether they are stored is reported on its own. */
  skipped({ conversationId, first, through, count }: ConversationSkipped): void {
    this.#readIfLacking(conversationId, { first, through, count });
  }

  /** History, or the log, has newer versions of messages: reads them again if their edits were not heard. */
  edited({ conversationId, edits }: ConversationEdited): void {
    // A page that is on its way may bring a message as it was before.
    const { byConversation } = this.#context.store.getState().messages;
    const isReading = (byConversation[conversationId]?.loading.length ?? 0) > 0;
    if (!isReading && !this.#lacksEdits(conversationId, edits)) return;
    const suspected = this.#suspectedEdits.get(conversationId);
    if (suspected) {
      suspected.push(...edits);
      return;
    }
    this.#suspectedEdits.set(conversationId, [...edits]);
    this.#afterAWhile(() => this.#readEdited(conversationId));
  }

  #readIfLacking(conversationId: string, range: StoredRange): void {
    if (!this.#lacks(conversationId, range)) return;
    const suspected = this.#suspected.get(conversationId);
    if (suspected) {
      suspected.push(range);
      return;
    }
    this.#suspected.set(conversationId, [range]);
    this.#afterAWhile(() => this.#readMissing(conversationId));
  }

  #afterAWhile(read: () => Promise<void>): void {
    const { scope, random } = this.#context;
    scope.after(GAP_DELAY.fromMs + random() * GAP_DELAY.spreadMs, () => void read());
  }

  /** The log has a message; somebody should say soon that it is stored. */
  expect(conversationId: string, messageId: string): void {
    if (this.#expected.has(conversationId)) return;
    this.#expected.add(conversationId);
    this.#context.scope.after(OVERDUE_AFTER_MS, () => {
      this.#expected.delete(conversationId);
      const timeline = this.#timeline(conversationId);
      if (timeline && stored(timeline) >= messageId) {
        const newest = timeline.messages.at(-1)?.messageId;
        if (newest !== undefined && newest > stored(timeline)) this.expect(conversationId, newest);
        return;
      }
      void this.#reader.newestUntilStored(conversationId, messageId);
      if (this.#context.store.getState().conversations.openId !== conversationId) this.#list.refreshSoon(0);
    });
  }

  async #readMissing(conversationId: string): Promise<void> {
    const ranges = this.#suspected.get(conversationId) ?? [];
    this.#suspected.delete(conversationId);
    const lacking = ranges.filter((range) => this.#lacks(conversationId, range));
    const [first] = lacking;
    if (!first) return;
    const { store } = this.#context;
    if (store.getState().conversations.openId !== conversationId) {
      // It is read when it is opened; until then only its count must be right.
      store.dispatch(timelineStale(conversationId));
      this.#list.refreshSoon(0);
      return;
    }
    await this.#reader.readRange(conversationId, {
      first: lacking.reduce((least, { first: next }) => (next < least ? next : least), first.first),
      through: lacking.reduce((most, { through }) => (through > most ? through : most), first.through),
      count: lacking.reduce((sum, { count }) => sum + count, 0),
    });
  }

  async #readEdited(conversationId: string): Promise<void> {
    const edits = this.#suspectedEdits.get(conversationId) ?? [];
    this.#suspectedEdits.delete(conversationId);
    if (!this.#lacksEdits(conversationId, edits)) return;
    const { store } = this.#context;
    store.dispatch(timelineOutdated(conversationId));
    if (store.getState().conversations.openId === conversationId) await this.#reader.newest(conversationId);
    else this.#list.refreshSoon(0);
  }

  #lacksEdits(conversationId: string, edits: ConversationEdited['edits']): boolean {
    const timeline = this.#timeline(conversationId);
    const last = this.#context.store.getState().conversations.byId[conversationId]?.lastMessage;
    return edits.some(
      ({ messageId, editId }) =>
        (timeline !== undefined && lacksEdit(timeline, messageId, editId)) ||
        (last?.messageId === messageId && editIdOf(last) < editId),
    );
  }

  #lacks(conversationId: string, { first, through, count }: StoredRange): boolean {
    const timeline = this.#timeline(conversationId);
    return timeline ? missingWithin(timeline, first, through, count) > 0 : true;
  }

  #timeline(conversationId: string) {
    return this.#context.store.getState().messages.byConversation[conversationId]?.timeline;
  }
}
