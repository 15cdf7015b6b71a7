import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import { keyOf, type Observation, type SeenMessage } from './observation.ts';

interface Shown {
  messageId: MessageId;
  /** Of the newest edit that it shows. */
  editId: MessageId | undefined;
  readonly at: number;
  heard: boolean;
}

interface Screen {
  /** Key of a message → how it is shown. */
  readonly messages: Map<string, Shown>;
  /** Conversations that it shows; with the moment of leaving where it has left. */
  readonly conversations: Map<ConversationId, number | undefined>;
  /** What the connection heard last of each conversation: a new one begins anew. */
  readonly lastHeard: Map<ConversationId, MessageId>;
}

/** What each listener's screen came to show, and how. */
export class Screens {
  readonly #screens = new Map<string, Screen>();
  /** Who shows a conversation to the end. */
  readonly #listeners = new Map<ConversationId, Set<Screen>>();
  #disorder = 0;
  #afterLeaving = 0;

  observe(
    observation: Extract<Observation, { kind: 'listens' | 'left' | 'connected' | 'disconnected' }>,
  ): void {
    const screen = this.#screenOf(observation.listener);
    if (observation.kind === 'listens') {
      screen.conversations.set(observation.conversationId, undefined);
      const listeners = this.#listeners.get(observation.conversationId) ?? new Set();
      this.#listeners.set(observation.conversationId, listeners.add(screen));
    } else if (observation.kind === 'left') {
      screen.conversations.set(observation.conversationId, observation.at);
      this.#listeners.get(observation.conversationId)?.delete(screen);
    } else screen.lastHeard.clear();
  }

  heard(listener: string, message: SeenMessage, at: number): void {
    const screen = this.#screenOf(listener);
    const { conversationId, messageId } = message;
    if (screen.conversations.get(conversationId) !== undefined) this.#afterLeaving += 1;
    const known = screen.messages.get(keyOf(message));
    // A copy may come later; it is the first ones that must come in order.
    if (known === undefined || !known.heard) {
      if (messageId < (screen.lastHeard.get(conversationId) ?? '')) this.#disorder += 1;
      screen.lastHeard.set(conversationId, messageId);
    }
    this.shows(listener, message, at);
    const shown = screen.messages.get(keyOf(message));
    if (shown !== undefined) shown.heard = true;
  }

  /** A copy with a smaller id takes the place of the one that is shown, and of one id the newest version stays. */
  shows(listener: string, message: SeenMessage, at: number): void {
    const { messages } = this.#screenOf(listener);
    const shown = messages.get(keyOf(message));
    const { messageId, editId } = message;
    if (shown === undefined) messages.set(keyOf(message), { messageId, editId, at, heard: false });
    else if (messageId < shown.messageId) Object.assign(shown, { messageId, editId });
    else if (messageId === shown.messageId && (editId ?? '') > (shown.editId ?? '')) shown.editId = editId;
  }

  get disorder(): number {
    return this.#disorder;
  }

  get afterLeaving(): number {
    return this.#afterLeaving;
  }

  /** @param editId in the version that this edit made */
  allShow(key: string, editId?: MessageId): boolean {
    return this.#all(key).every(
      (shown) => shown !== undefined && (editId === undefined || shown.editId === editId),
    );
  }

  allHeard(key: string): boolean {
    return this.#all(key).every((shown) => shown?.heard === true);
  }

  /** When the last screen came to show it; 0 where none does. */
  shownToAllAt(key: string): number {
    return Math.max(0, ...this.#all(key).map((shown) => shown?.at ?? 0));
  }

  #all(key: string): (Shown | undefined)[] {
    const listeners = this.#listeners.get(key.slice(0, key.indexOf(' '))) ?? [];
    return [...listeners].map(({ messages }) => messages.get(key));
  }

  #screenOf(listener: string): Screen {
    const screen = this.#screens.get(listener) ?? {
      messages: new Map(),
      conversations: new Map(),
      lastHeard: new Map(),
    };
    this.#screens.set(listener, screen);
    return screen;
  }
}
