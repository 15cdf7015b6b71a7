import type { MessageId } from '../../core/contract/ids.ts';
import { keyOf, type SeenEdit, type SeenMessage } from '../ledger/observation.ts';

/**
 * What a screen shows of one conversation: each message once, under the smallest id that it was seen with, in the newest
 * version that was seen.
 */
export class Timeline {
  readonly #shown = new Map<string, SeenMessage>();
  readonly #byId = new Map<MessageId, SeenMessage>();
  /** Ascending. */
  readonly #ids: MessageId[] = [];
  /** Edits that were heard of messages that it does not hold. */
  #waiting: SeenEdit[] = [];

  /** Gives what it shows of the message from then on. */
  hold(message: SeenMessage): SeenMessage {
    const key = keyOf(message);
    const known = this.#shown.get(key);
    if (known !== undefined && known.messageId <= message.messageId) {
      const isNewer = known.messageId === message.messageId && isNewerThan(message.editId, known);
      if (isNewer) this.#put(key, message);
      return isNewer ? message : known;
    }
    if (known !== undefined) {
      this.#ids.splice(this.#place(known.messageId), 1);
      this.#byId.delete(known.messageId);
    }
    this.#ids.splice(this.#place(message.messageId), 0, message.messageId);
    this.#put(key, message);
    const { messageId } = message;
    const heard = this.#waiting.filter((edit) => edit.messageId === messageId);
    if (heard.length === 0) return message;
    this.#waiting = this.#waiting.filter((edit) => edit.messageId !== messageId);
    return heard.reduce((shown, edit) => this.edit(edit) ?? shown, message);
  }

  /** Gives the message as it shows it from then on; undefined where it changes nothing, or nothing yet. */
  edit(edit: SeenEdit): SeenMessage | undefined {
    const message = this.#byId.get(edit.messageId);
    if (message === undefined) {
      this.#waiting.push(edit);
      return undefined;
    }
    if (message.sender !== edit.sender || !isNewerThan(edit.editId, message)) return undefined;
    const edited = { ...message, digest: edit.digest, editId: edit.editId };
    this.#put(keyOf(message), edited);
    return edited;
  }

  /** Whether it shows the message in an older version than this edit made it. */
  lacksEdit(messageId: MessageId, editId: MessageId): boolean {
    const message = this.#byId.get(messageId);
    return message !== undefined && isNewerThan(editId, message);
  }

  /** Whether something in it was edited, as far as it knows. */
  get knowsEdits(): boolean {
    return this.#waiting.length > 0 || [...this.#byId.values()].some(({ editId }) => editId !== undefined);
  }

  /** How many it holds from `first` through `through`, both included. */
  countBetween(first: MessageId, through: MessageId): number {
    const end = this.#place(through);
    return end - this.#place(first) + (this.#ids[end] === through ? 1 : 0);
  }

  /** The last id before `id`. */
  lastBefore(id: MessageId): MessageId | undefined {
    return this.#ids[this.#place(id) - 1];
  }

  #put(key: string, message: SeenMessage): void {
    this.#shown.set(key, message);
    this.#byId.set(message.messageId, message);
  }

  /** Where the id stands, or would. */
  #place(id: MessageId): number {
    let [low, high] = [0, this.#ids.length];
    // What comes now mostly belongs to the end.
    if ((this.#ids[high - 1] ?? '') < id) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ids[middle] ?? '') < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A message counts as older than its every edit, and an edit counts only behind its message. */
function isNewerThan(editId: MessageId | undefined, { messageId, editId: known }: SeenMessage): boolean {
  return editId !== undefined && editId > (known ?? messageId);
}
