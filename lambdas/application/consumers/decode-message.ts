import type { ConversationId, MessageId } from '../../../core/contract/ids.ts';
import type { Message } from '../../../core/contract/messages.ts';
import { messageRecordIn, RECORD_HEADERS } from '../../../core/contract/records.ts';
import type { MessageEdit } from '../../../core/domain/message-edit.ts';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import type { LogRecord } from '../ports/log-record.ts';

export interface LoggedMessage {
  readonly message: Message;
  /** It may be a copy: not the client's first try, or not the function's, or nobody knows. */
  readonly marked: boolean;
  /** The newest message that the client knew at its first try. */
  readonly after: MessageId | undefined;
  readonly source: LogRecord;
}

export interface LoggedEdit {
  readonly conversationId: ConversationId;
  readonly edit: MessageEdit;
  readonly source: LogRecord;
}

/**
 * Decodes a record of the topic `messages`: a post, or an edit of one. Its id and time come from where it stands, so every
 * reader of the log makes the same of it. undefined: it can't be decoded.
 */
export function decodeMessage(source: LogRecord, generation: number): LoggedMessage | LoggedEdit | undefined {
  const record = messageRecordIn(jsonOf(source.value));
  if (record === undefined) return undefined;
  const { conversationId, sender, content } = record;
  // A record under another key lies in another partition than its copies: its order and its nonce would mean nothing.
  if (source.key === undefined || textOf(source.key) !== conversationId) return undefined;
  const { partition, offset, timestamp } = source;
  const id = messageIdOf({ generation, partition, offset, appendedAt: timestamp });
  const appendedAt = new Date(timestamp).toISOString();
  if (record.type === 'message.edited') {
    const { messageId } = record;
    const edit = { messageId, sender, content, edit: { editId: id, editedAt: appendedAt } };
    return { conversationId, edit, source };
  }
  const { nonce, after } = record;
  return {
    message: { messageId: id, conversationId, sender, nonce, content, postedAt: appendedAt },
    marked: source.headers[RECORD_HEADERS.attempt] !== '0' || source.headers[RECORD_HEADERS.try] !== '0',
    after,
    source,
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text of bytes that are UTF-8, else undefined. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The JSON value in the bytes, or undefined. */
export function jsonOf(bytes: Uint8Array | undefined): unknown {
  const text = bytes === undefined ? undefined : textOf(bytes);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
