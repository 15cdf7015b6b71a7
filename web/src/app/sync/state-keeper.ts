import type { Profile } from '../../../../core/contract/users.ts';
import { loadDrafts, saveDraft } from '../../lib/storage/drafts.ts';
import type { LocalValues } from '../../lib/storage/local-values.ts';
import { trimmed } from '../../lib/timeline/timeline.ts';
import { type Conversation, conversationsRestored, lastOpenRestored } from '../state/conversations-slice.ts';
import { draftsLoaded } from '../state/drafts-slice.ts';
import type { HeldTimeline } from '../state/messages-slice.ts';
import { peopleLearned } from '../state/people-slice.ts';
import type { RootState } from '../state/root-reducer.ts';
import type { UserContext } from './user-context.ts';

const SAVE_DELAY_MS = 1_000;
/** What shows at once after a reload: a page or so of each of the conversations seen lately. */
const KEEP_MESSAGES = 100;
const KEEP_TIMELINES = 60;
const CONVERSATIONS = 'conversations';
const PEOPLE = 'people';
const LAST_OPEN = 'last-open';

/** Keeps what is in the state on disk, so that a reload shows it at once. */
export class StateKeeper {
  readonly #context: UserContext;
  readonly #values: LocalValues;
  #saved: RootState;
  #scheduled = false;

  constructor(context: UserContext, values: LocalValues) {
    this.#context = context;
    this.#values = values;
    this.#saved = context.store.getState();
  }

  /** Puts into the state what was kept, and keeps what changes from now on. */
  async start(): Promise<void> {
    const { store, database, scope, ownId } = this.#context;
    store.dispatch(draftsLoaded(loadDrafts(this.#values, ownId)));
    const [conversations, people, lastOpen] = await Promise.all(
      [CONVERSATIONS, PEOPLE, LAST_OPEN].map((name) => database.snapshots.get(name).catch(() => undefined)),
    );
    if (scope.ended) return;
    if (people) store.dispatch(peopleLearned(people as Profile[]));
    if (conversations) store.dispatch(conversationsRestored(conversations as Conversation[]));
    if (lastOpen) store.dispatch(lastOpenRestored(lastOpen as string));
    this.#saved = store.getState();
    scope.onEnd(store.subscribe(() => this.#changed()));
  }

  /** Writes what changed since the last time. Never rejects. */
  async save(): Promise<void> {
    const { store, database } = this.#context;
    const before = this.#saved;
    const now = store.getState();
    this.#saved = now;
    const { snapshots } = database;
    const writes: Promise<unknown>[] = [];
    if (now.conversations.byId !== before.conversations.byId) {
      const joined = Object.values(now.conversations.byId).filter((conversation) => conversation.joined);
      writes.push(snapshots.put(CONVERSATIONS, joined));
    }
    if (now.people !== before.people) writes.push(snapshots.put(PEOPLE, Object.values(now.people.byId)));
    if (now.conversations.lastOpenId !== before.conversations.lastOpenId) {
      writes.push(snapshots.put(LAST_OPEN, now.conversations.lastOpenId));
    }
    for (const [id, held] of Object.entries(now.messages.byConversation)) {
      if (held.loaded && held.timeline !== before.messages.byConversation[id]?.timeline) {
        writes.push(this.#saveTimeline(id, held));
      }
    }
    // A full disk costs the next reload its head start, nothing else.
    await Promise.allSettled(writes);
  }

  #changed(): void {
    this.#saveDrafts();
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#context.scope.after(SAVE_DELAY_MS, () => {
      this.#scheduled = false;
      void this.save();
    });
  }

  /** Small and precious: at once. */
  #saveDrafts(): void {
    const before = this.#saved.drafts;
    const now = this.#context.store.getState().drafts;
    if (now === before) return;
    this.#saved = { ...this.#saved, drafts: now };
    for (const id of new Set([...Object.keys(before.byConversation), ...Object.keys(now.byConversation)])) {
      const content = now.byConversation[id] ?? '';
      if (content !== (before.byConversation[id] ?? ''))
        saveDraft(this.#values, this.#context.ownId, id, content);
    }
  }

  async #saveTimeline(conversationId: string, held: HeldTimeline): Promise<void> {
    const { timelines } = this.#context.database;
    const timeline = trimmed(held.timeline, KEEP_MESSAGES);
    await timelines.put(conversationId, { conversationId, timeline, savedAt: Date.now() });
    const keys = await timelines.keys();
    if (keys.length <= KEEP_TIMELINES) return;
    const all = [...(await timelines.all())].sort((a, b) => b.savedAt - a.savedAt);
    await timelines.remove(all.slice(KEEP_TIMELINES).map((cached) => cached.conversationId));
  }
}
