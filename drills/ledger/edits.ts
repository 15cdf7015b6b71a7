import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import { keyOf, type SeenEdit, type SeenMessage } from './observation.ts';

/** The edits that must count, and the versions of messages that were seen. */
export class Edits {
  readonly #edits = new Map<MessageId, SeenEdit>();
  /** Of each message the newest. */
  readonly #newest = new Map<MessageId, SeenEdit>();
  /** By version, each once: an edit may be seen before whoever made it says so. */
  readonly #seen = new Map<string, SeenMessage & { readonly editId: MessageId }>();

  made(edit: SeenEdit): void {
    this.#edits.set(edit.editId, edit);
    const known = this.#newest.get(edit.messageId);
    if (known === undefined || known.editId < edit.editId) this.#newest.set(edit.messageId, edit);
  }

  seen(message: SeenMessage & { readonly editId: MessageId }): void {
    this.#seen.set(`${message.messageId} ${message.editId} ${message.digest}`, message);
  }

  /** Keys of the messages that were seen as no edit made them. */
  altered(): string[] {
    return [...this.#seen.values()]
      .filter(({ messageId, editId, sender, digest }) => {
        const edit = this.#edits.get(editId);
        return edit?.messageId !== messageId || edit.sender !== sender || edit.digest !== digest;
      })
      .map(keyOf);
  }

  /** How many messages are not in history, or not on a screen, as their newest edit made them. */
  outdated(
    histories: ReadonlyMap<ConversationId, readonly SeenMessage[]>,
    allShow: (key: string, editId: MessageId) => boolean,
  ): number {
    return [...this.#newest.values()].filter(({ conversationId, messageId, editId }) => {
      const message = histories.get(conversationId)?.find((one) => one.messageId === messageId);
      return message?.editId !== editId || !allShow(keyOf(message), editId);
    }).length;
  }
}
