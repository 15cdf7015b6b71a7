import type { ConversationSummary } from '../../../core/contract/conversations.ts';
import {
  AVATAR_URL_MAX_LENGTH,
  CHANNEL_TOPIC_MAX_LENGTH,
  CONTENT_MAX_CODE_POINTS,
  NAME_MAX_LENGTH,
  NONCE_MAX_LENGTH,
} from '../../../core/contract/limits.ts';
import type { Message, PostMessageBody } from '../../../core/contract/messages.ts';
import { previewOf } from '../../../core/domain/message-preview.ts';

const LONGEST_USER_ID = 'z'.repeat(32);
const LONGEST_MESSAGE_ID = '7ZZZZZZZZZZZZZZZZZZZZZZZZZ';
/** Printable ASCII that JSON writes with a backslash before it. */
const WORST_NONCE = '"'.repeat(NONCE_MAX_LENGTH);
/** JSON writes it as six characters, and nothing else takes more bytes for one code point. */
const WORST_CONTENT = '\u0001'.repeat(CONTENT_MAX_CODE_POINTS);
/** On one line, where control characters are refused, four bytes of UTF-8 are the most. */
const WORST_LINE_CHARACTER = '\u{1f600}';
const LATEST = '9999-12-31T23:59:59.999Z';

/** The largest message that there can be, as pages and frames carry it: posted, and edited. */
export function worstMessage(): Message {
  return {
    messageId: LONGEST_MESSAGE_ID,
    conversationId: `dm:${LONGEST_USER_ID}:${LONGEST_USER_ID}`,
    sender: LONGEST_USER_ID,
    nonce: WORST_NONCE,
    content: WORST_CONTENT,
    postedAt: LATEST,
    edit: { editId: LONGEST_MESSAGE_ID, editedAt: LATEST },
  };
}

/** The largest body of a post that is not refused. */
export function worstBody(): PostMessageBody {
  return { content: WORST_CONTENT, nonce: WORST_NONCE, attempt: 1_000_000, after: LONGEST_MESSAGE_ID };
}

/** The largest row of a side bar. */
export function worstSummary(): ConversationSummary {
  const channelId = 'ffffffff-ffff-4fff-bfff-ffffffffffff';
  const name = WORST_LINE_CHARACTER.repeat(NAME_MAX_LENGTH);
  return {
    conversationId: `channel:${channelId}`,
    channel: {
      channelId,
      conversationId: `channel:${channelId}`,
      name: 'z'.repeat(80),
      topic: WORST_LINE_CHARACTER.repeat(CHANNEL_TOPIC_MAX_LENGTH),
      createdBy: LONGEST_USER_ID,
      createdAt: LATEST,
    },
    peer: {
      userId: LONGEST_USER_ID,
      firstName: name,
      lastName: name,
      avatar: `https://a.example/${'a'.repeat(AVATAR_URL_MAX_LENGTH - 18)}`,
    },
    joinedAt: LATEST,
    lastMessage: previewOf(worstMessage()),
    readMarker: LONGEST_MESSAGE_ID,
    unreadCount: 100,
  };
}

/** As a socket or an HTTP answer carries it: JSON in UTF-8. */
export function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value), 'utf8');
}
