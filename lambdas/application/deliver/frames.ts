import { FRAME_MAX_BYTES } from '../../../core/contract/limits.ts';

const OPENING = '{"events":[';
const CLOSING = ']}';

/** Packs events (already JSON) into as few frames as hold them, in their order, each within FRAME_MAX_BYTES. */
export function framesOf(events: readonly string[]): string[] {
  const frames: string[] = [];
  let packed: string[] = [];
  let bytes = OPENING.length + CLOSING.length;
  const finish = () => {
    if (packed.length > 0) frames.push(`${OPENING}${packed.join(',')}${CLOSING}`);
    packed = [];
    bytes = OPENING.length + CLOSING.length;
  };
  for (const event of events) {
    const size = Buffer.byteLength(event) + 1;
    if (bytes + size > FRAME_MAX_BYTES) finish();
    packed.push(event);
    bytes += size;
  }
  finish();
  return frames;
}
