import type { EventType, PingMeEvent } from '../../../../core/contract/events.ts';

export interface ReadFrame {
  readonly events: readonly PingMeEvent[];
  readonly pong: boolean;
}

/** The texts that an event of each type is nothing without. */
const TEXTS = {
  'message.posted': ['messageId', 'conversationId', 'sender', 'nonce', 'content', 'postedAt'],
  'message.edited': ['messageId', 'conversationId', 'sender', 'content'],
  'conversation.stored': ['conversationId', 'first', 'through'],
  'conversation.skipped': ['conversationId', 'first', 'through'],
  'conversation.edited': ['conversationId'],
  'channel.created': [],
  'membership.changed': ['conversationId', 'userId', 'change'],
  'read-marker.moved': ['conversationId', 'userId', 'messageId'],
  'session.revoked': ['userId'],
} as const satisfies { [T in EventType]: readonly (keyof Extract<PingMeEvent, { type: T }>)[] };

/** What a frame says; events of types that this page does not know yet, or that lack something, are left out. */
export function readFrame(data: unknown): ReadFrame {
  const frame = typeof data === 'string' ? parse(data) : undefined;
  const events = Array.isArray(frame?.events) ? (frame.events as unknown[]) : [];
  return { events: events.filter(isEvent), pong: frame?.pong === true };
}

function isEvent(value: unknown): value is PingMeEvent {
  if (typeof value !== 'object' || value === null) return false;
  const event = value as Record<string, unknown>;
  if (typeof event.type !== 'string' || !Object.hasOwn(TEXTS, event.type)) return false;
  const type = event.type as EventType;
  if (!hasTexts(event, TEXTS[type])) return false;
  switch (type) {
    case 'conversation.stored':
    case 'conversation.skipped':
      return Number.isInteger(event.count);
    case 'message.edited':
      return hasTexts(event.edit, ['editId', 'editedAt']);
    case 'conversation.edited':
      return (
        Array.isArray(event.edits) && event.edits.every((edit) => hasTexts(edit, ['messageId', 'editId']))
      );
    default:
      return true;
  }
}

function hasTexts(value: unknown, names: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === 'string');
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
