import { clientFrameSchema, PONG_FRAME } from '../../../core/contract/events.ts';

/** What a client gets for a frame it sent: a pong for a ping, and nothing for anything else. */
export function answerClientFrame(frame: string | undefined): string | undefined {
  return clientFrameSchema.safeParse(jsonOf(frame ?? '')).success ? PONG_FRAME : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
