import { UNREAD_COUNT_MAX } from '../../../../core/contract/limits.ts';
import type { Message } from '../../../../core/contract/messages.ts';
import { BEGINNING, later, messageKey, type Position } from './message-id.ts';

/**
 * What is unread in one conversation: what the server counted after the marker through `head`, and what was heard
 * since. Only others' messages count.
 */
export interface Unread {
  readonly marker: Position;
  /** The newest stored message when the server counted. */
  readonly head: Position;
  readonly counted: number;
  /** Others' messages above `head` and `marker`, at most UNREAD_COUNT_MAX of them. */
  readonly heard: { readonly messageId: string; readonly key: string }[];
}

export const NOTHING_UNREAD: Unread = { marker: BEGINNING, head: BEGINNING, counted: 0, heard: [] };

/** 0 to UNREAD_COUNT_MAX; the latter means "that many or more". */
export function unreadCount(unread: Unread): number {
  return Math.min(UNREAD_COUNT_MAX, unread.counted + unread.heard.length);
}

/** With messages heard live, own ones among them; each counts once however often it comes. */
export function withHeard(unread: Unread, messages: readonly Message[], ownId: string): Unread {
  const keys = new Set(unread.heard.map(({ key }) => key));
  const floor = later(unread.head, unread.marker);
  const heard = [...unread.heard];
  for (const message of messages) {
    const key = messageKey(message);
    if (message.sender === ownId || message.messageId <= floor || keys.has(key)) continue;
    keys.add(key);
    if (heard.length < UNREAD_COUNT_MAX) heard.push({ messageId: message.messageId, key });
  }
  return heard.length === unread.heard.length ? unread : { ...unread, heard };
}

/** With the server's new count; a marker that has moved further here than there stays, and an older count changes nothing. */
export function withCounted(unread: Unread, head: Position, marker: Position, counted: number): Unread {
  const kept = later(unread.marker, marker);
  if (head < unread.head) return { ...unread, marker: kept };
  // Counted from a marker that lies behind the one here: at most what is left of the count here.
  const left = unread.marker > marker ? Math.min(unread.counted, counted) : counted;
  return {
    marker: kept,
    head,
    counted: kept >= head ? 0 : left,
    heard: unread.heard.filter(({ messageId }) => messageId > head && messageId > kept),
  };
}

/**
 * With the marker moved forward. `passed`: how many of others' messages it went past, for a marker that stays below
 * what the server counted.
 */
export function withMarker(unread: Unread, marker: Position, passed: number): Unread {
  if (marker <= unread.marker) return unread;
  return {
    ...unread,
    marker,
    counted: marker >= unread.head ? 0 : Math.max(0, unread.counted - passed),
    heard: unread.heard.filter(({ messageId }) => messageId > marker),
  };
}

/**
 * Whether what lies above `marker` can be counted here: not where it comes to lie amid what the server counted, nor where more was
 * heard than is kept.
 */
export function canCountFrom(unread: Unread, marker: Position): boolean {
  if (marker <= unread.marker) return true;
  return (unread.counted === 0 || marker >= unread.head) && unread.heard.length < UNREAD_COUNT_MAX;
}
