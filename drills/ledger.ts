import type { ConversationId, MessageId } from '../core/contract/ids.ts';
import type { Message } from '../core/contract/messages.ts';

/** What a message is known by before it has an id, and after. */
export interface LedgerKey {
  readonly conversationId: ConversationId;
  readonly sender: string;
  readonly nonce: string;
}

/** What a run did to its messages. Everything but the first four must be zero for a promise to hold. */
export interface LedgerReport {
  readonly sent: number;
  readonly acknowledged: number;
  readonly stored: number;
  /** Distinct messages that reached every listener of their conversation live. */
  readonly deliveredToAll: number;
  /** Acknowledged and not in history. */
  readonly lost: number;
  /** In history more than once. */
  readonly doubled: number;
  /** In history under a greater id than was acknowledged: the acknowledgement named a record that is not the first. */
  readonly misnumbered: number;
  /** Neighbours in history, or in what a listener heard, that stand in the wrong order. */
  readonly outOfOrder: number;
  /** In history and never sent. */
  readonly foreign: number;
  /** The longest time between two acknowledgements, in milliseconds. */
  readonly longestSilenceMs: number;
}

/**
 * Records what was sent, acknowledged, heard and read, and compares them afterwards. It shares no rule with the functions:
 * it knows keys, ids that sort, and nothing else.
 */
export class Ledger {
  readonly #sent = new Set<string>();
  readonly #acknowledged = new Map<string, MessageId>();
  readonly #acknowledgedAt: number[] = [];
  /** Per listener: key → the order in which it was first heard. */
  readonly #heard = new Map<string, Map<string, Heard>>();
  readonly #history = new Map<ConversationId, readonly Message[]>();

  sent(key: LedgerKey): void {
    this.#sent.add(textOf(key));
  }

  /** `at`: milliseconds on a clock that never steps back. */
  acknowledged(key: LedgerKey, messageId: MessageId, at: number): void {
    this.#acknowledged.set(textOf(key), messageId);
    this.#acknowledgedAt.push(at);
  }

  /** Names a listener and where it listens, so that what it never hears can be missed. */
  listens(listener: string): void {
    if (!this.#heard.has(listener)) this.#heard.set(listener, new Map());
  }

  /** A copy that is heard later under a smaller id takes its place, as it does on a screen. */
  heard(listener: string, message: Message): void {
    this.listens(listener);
    const heard = this.#heard.get(listener);
    const key = textOf(message);
    const known = heard?.get(key);
    if (known === undefined || message.messageId < known.messageId) {
      heard?.set(key, { conversationId: message.conversationId, messageId: message.messageId });
    }
  }

  /** The whole history of a conversation, as pages gave it, oldest first. */
  read(conversationId: ConversationId, messages: readonly Message[]): void {
    this.#history.set(conversationId, messages);
  }

  get acknowledgedCount(): number {
    return this.#acknowledged.size;
  }

  report(): LedgerReport {
    const stored = new Map<string, MessageId[]>();
    let outOfOrder = 0;
    for (const messages of this.#history.values()) {
      outOfOrder += descentsOf(messages.map(({ messageId }) => messageId));
      for (const message of messages)
        stored.set(textOf(message), [...(stored.get(textOf(message)) ?? []), message.messageId]);
    }
    for (const heard of this.#heard.values()) outOfOrder += this.#disorderOf(heard);
    const acknowledged = [...this.#acknowledged];
    return {
      sent: this.#sent.size,
      acknowledged: acknowledged.length,
      stored: stored.size,
      deliveredToAll: [...this.#sent].filter((key) =>
        [...this.#heard.values()].every((heard) => heard.has(key)),
      ).length,
      lost: acknowledged.filter(([key]) => !stored.has(key)).length,
      doubled: [...stored.values()].filter((ids) => ids.length > 1).length,
      misnumbered: acknowledged.filter(([key, id]) => (stored.get(key)?.[0] ?? id) > id).length,
      outOfOrder,
      foreign: [...stored.keys()].filter((key) => !this.#sent.has(key)).length,
      longestSilenceMs: Math.round(longestGapOf(this.#acknowledgedAt)),
    };
  }

  /** A listener heard the messages of a conversation in the order in which history has them. */
  #disorderOf(heard: ReadonlyMap<string, Heard>): number {
    const byConversation = new Map<ConversationId, MessageId[]>();
    for (const { conversationId, messageId } of heard.values()) {
      byConversation.set(conversationId, [...(byConversation.get(conversationId) ?? []), messageId]);
    }
    return [...byConversation.values()].reduce((sum, ids) => sum + descentsOf(ids), 0);
  }
}

interface Heard {
  readonly conversationId: ConversationId;
  readonly messageId: MessageId;
}

function textOf({ conversationId, sender, nonce }: LedgerKey): string {
  return `${conversationId} ${sender} ${nonce}`;
}

function descentsOf(ids: readonly MessageId[]): number {
  return ids.filter((id, index) => index > 0 && id <= (ids[index - 1] ?? '')).length;
}

function longestGapOf(times: readonly number[]): number {
  return times.reduce((longest, at, index) => Math.max(longest, at - (times[index - 1] ?? at)), 0);
}
