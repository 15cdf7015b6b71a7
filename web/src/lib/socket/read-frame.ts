import type { EventType, PingMeEvent } from '../../../../core/contract/events.ts';

export interface ReadFrame {
  readonly events: readonly PingMeEvent[];
  readonly pong: boolean;
}

/** The texts that an event of each type is nothing without. */
const TEXTS = {
  'message.posted': ['messageId', 'conversationId', 'sender', 'nonce', 'content', 'postedAt'],
  'conversation.stored': ['conversationId', 'first', 'through'],
  'conversation.skipped': ['conversationId', 'first', 'through'],
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
  const texts: readonly string[] = TEXTS[event.type as EventType];
  if (!texts.every((name) => typeof event[name] === 'string')) return false;
  const hasCount = event.type === 'conversation.stored' || event.type === 'conversation.skipped';
  return !hasCount || Number.isInteger(event.count);
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
