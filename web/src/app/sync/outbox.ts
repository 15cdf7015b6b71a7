import type { Message } from '../../../../core/contract/messages.ts';
import { BEGINNING, later } from '../../lib/timeline/message-id.ts';
import type { OutboxEntry } from '../../lib/timeline/outbox-entry.ts';
import { newestId } from '../../lib/timeline/timeline.ts';
import type { OutboxService } from '../services.ts';
import { outboxEntriesRemoved, outboxEntryChanged, outboxLoaded } from '../state/outbox-slice.ts';
import type { UserContext } from './user-context.ts';

/**
 * The messages on their way. What is on disk is the truth for all tabs; each tab mirrors it in its state, and tells the
 * others what it changes.
 */
export class Outbox implements OutboxService {
  readonly #context: UserContext;
  /** Told when there may be something to send. */
  #onWork: (nonce: string | null) => void = () => {};
  #lastCreatedAt = 0;

  constructor(context: UserContext) {
    this.#context = context;
    context.scope.onEnd(
      context.tabs.listen((message) => {
        if (message.userId !== context.ownId) return;
        if (message.type === 'outbox-changed') {
          context.store.dispatch(outboxEntryChanged(message.entry));
          this.#onWork(null);
        }
        if (message.type === 'outbox-removed') context.store.dispatch(outboxEntriesRemoved(message.nonces));
        if (message.type === 'outbox-retry') this.#onWork(message.nonce);
      }),
    );
  }

  /** Says whom to tell of work: the tab that sends. */
  set onWork(onWork: (nonce: string | null) => void) {
    this.#onWork = onWork;
  }

  /** All that is known of it, first in first. */
  get entries(): readonly OutboxEntry[] {
    const { byNonce } = this.#context.store.getState().outbox;
    return Object.values(byNonce).sort((a, b) => a.createdAt - b.createdAt);
  }

  find(nonce: string): OutboxEntry | undefined {
    return this.#context.store.getState().outbox.byNonce[nonce];
  }

  /** Takes over what is on disk. */
  async load(): Promise<void> {
    const { database, store, scope } = this.#context;
    const kept = await database.outbox.all().catch(() => []);
    if (scope.ended) return;
    // What is being written right now is not on disk yet.
    const all = new Map([...this.entries, ...kept].map((entry) => [entry.nonce, entry]));
    store.dispatch(outboxLoaded([...all.values()]));
  }

  async send(conversationId: string, content: string): Promise<void> {
    const entry: OutboxEntry = {
      nonce: crypto.randomUUID(),
      conversationId,
      sender: this.#context.ownId,
      content,
      createdAt: this.#nextCreatedAt(),
      attempt: null,
      after: this.newestKnown(conversationId),
      state: 'queued',
    };
    await this.save(entry);
    this.#onWork(null);
  }

  async retry(nonce: string): Promise<void> {
    const entry = this.find(nonce);
    if (!entry || entry.state === 'sent') return;
    if (entry.state === 'failed') await this.save({ ...entry, state: 'queued', failure: undefined });
    this.#onWork(nonce);
    this.#context.tabs.post({ type: 'outbox-retry', userId: this.#context.ownId, nonce });
  }

  async discard(nonce: string): Promise<void> {
    if (this.find(nonce)?.state === 'failed') await this.#remove([nonce]);
  }

  /** Messages were seen in their conversation: what stood for them here is done. */
  seen(messages: readonly Message[]): void {
    const { byNonce } = this.#context.store.getState().outbox;
    const own = messages.filter(({ sender, nonce }) => sender === this.#context.ownId && byNonce[nonce]);
    if (own.length > 0) void this.#remove(own.map(({ nonce }) => nonce));
  }

  /** Shows the entry, keeps it on disk and tells the other tabs; resolves when it is safe. */
  async save(entry: OutboxEntry): Promise<void> {
    const { store, database, tabs, ownId } = this.#context;
    store.dispatch(outboxEntryChanged(entry));
    // A disk that fails must not hold a message back: it is in memory still, and goes out from there.
    await database.outbox.put(entry.nonce, entry).catch(() => undefined);
    if (this.find(entry.nonce)) tabs.post({ type: 'outbox-changed', userId: ownId, entry });
    // Seen while it was being written.
    else await database.outbox.remove([entry.nonce]).catch(() => undefined);
  }

  /** The newest message of a conversation that is in the log for certain; undefined if none is known. */
  newestKnown(conversationId: string): string | undefined {
    const { messages, conversations, outbox } = this.#context.store.getState();
    const timeline = messages.byConversation[conversationId]?.timeline;
    let newest = later(
      timeline ? newestId(timeline) : BEGINNING,
      conversations.byId[conversationId]?.lastMessage?.messageId ?? BEGINNING,
    );
    for (const entry of Object.values(outbox.byNonce)) {
      if (entry.conversationId === conversationId) newest = later(newest, entry.messageId ?? BEGINNING);
    }
    return newest || undefined;
  }

  async #remove(nonces: readonly string[]): Promise<void> {
    const { store, database, tabs, ownId } = this.#context;
    store.dispatch(outboxEntriesRemoved(nonces));
    tabs.post({ type: 'outbox-removed', userId: ownId, nonces });
    await database.outbox.remove(nonces).catch(() => undefined);
  }

  /** The clock may stand still or step back between two messages; their order must not. */
  #nextCreatedAt(): number {
    const newest = Math.max(this.#lastCreatedAt, ...this.entries.map(({ createdAt }) => createdAt));
    this.#lastCreatedAt = Math.max(Date.now(), newest + 1);
    return this.#lastCreatedAt;
  }
}
