import { createHash } from 'node:crypto';
import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import type { Message } from '../../core/contract/messages.ts';

/** What a message is known by before it has an id, and after. */
export interface MessageKey {
  readonly conversationId: ConversationId;
  readonly sender: string;
  readonly nonce: string;
}

/** A message as somebody saw it; its content only as a digest. */
export interface SeenMessage extends MessageKey {
  readonly messageId: MessageId;
  readonly digest: string;
  /** Where the record of its newest edit stands, as the system said it; none: as it was sent. */
  readonly editId?: MessageId;
}

/** An edit as somebody heard it, or put it into the log. */
export interface SeenEdit {
  readonly conversationId: ConversationId;
  readonly messageId: MessageId;
  readonly sender: string;
  readonly editId: MessageId;
  readonly digest: string;
}

/**
 * One thing that somebody outside the system saw. `at` is milliseconds on one clock that never steps back, the same for the
 * whole run.
 */
export type Observation = { readonly at: number } & (
  | ({ readonly kind: 'sent'; readonly digest: string } & MessageKey)
  | ({ readonly kind: 'acknowledged'; readonly messageId: MessageId } & MessageKey)
  /** A try that ended otherwise; `status` 0 where there was no answer. */
  | ({ readonly kind: 'refused'; readonly status: number; readonly tookMs: number } & MessageKey)
  /** From now on the screen shows the conversation … */
  | { readonly kind: 'listens'; readonly listener: string; readonly conversationId: ConversationId }
  /** … until leaving it was answered. */
  | { readonly kind: 'left'; readonly listener: string; readonly conversationId: ConversationId }
  | { readonly kind: 'connected'; readonly listener: string }
  | { readonly kind: 'disconnected'; readonly listener: string }
  /** Over the socket. */
  | { readonly kind: 'heard'; readonly listener: string; readonly message: SeenMessage }
  /** On a page of history. `listener` where it went onto a screen. */
  | {
      readonly kind: 'read';
      readonly listener?: string;
      readonly conversationId: ConversationId;
      readonly messages: readonly SeenMessage[];
    }
  /** The log has this edit, and it must count: there is such a post, of the same sender. */
  | ({ readonly kind: 'edited' } & SeenEdit)
  /** A screen has changed a message in place, because it heard of an edit. */
  | { readonly kind: 'changed'; readonly listener: string; readonly message: SeenMessage }
  /** Told over the socket that these are stored. */
  | {
      readonly kind: 'stored';
      readonly conversationId: ConversationId;
      readonly through: MessageId;
      readonly count: number;
    }
  /** The whole history of a conversation, oldest first; the last one of a conversation counts. */
  | {
      readonly kind: 'history';
      readonly conversationId: ConversationId;
      readonly messages: readonly SeenMessage[];
    }
  | { readonly kind: 'fault' | 'healed' | 'note'; readonly text: string }
);

export function keyOf({ conversationId, sender, nonce }: MessageKey): string {
  return `${conversationId} ${sender} ${nonce}`;
}

/** A short digest: enough to tell that a content is another one. */
export function digestOf(content: string): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 12);
}

export function seen(message: Message): SeenMessage {
  const { conversationId, sender, nonce, messageId, content, edit } = message;
  const digest = digestOf(content);
  const base = { conversationId, sender, nonce, messageId, digest };
  return edit === undefined ? base : { ...base, editId: edit.editId };
}
