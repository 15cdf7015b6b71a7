import * as z from 'zod/mini';
import { eventSchema, type PingMeEvent } from '../../../../core/contract/events.ts';

export interface ReadFrame {
  readonly events: readonly PingMeEvent[];
  readonly pong: boolean;
}

/** What a frame says; events of types that this page does not know yet, or can not read, are left out. */
export function readFrame(data: unknown): ReadFrame {
  const frame = typeof data === 'string' ? parse(data) : undefined;
  const events = Array.isArray(frame?.events) ? (frame.events as unknown[]) : [];
  return {
    events: events.flatMap((event) => {
      const read = z.safeParse(eventSchema, event);
      return read.success ? [read.data] : [];
    }),
    pong: frame?.pong === true,
  };
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
