const SIZE_BYTES = 4;

/** Produce, of Kafka's list of request kinds. */
export const PRODUCE_API_KEY = 0;

/** Cuts a stream of bytes into Kafka's frames, each 4 bytes of size (big-endian) and as many bytes as that says. */
export class FrameSplitter {
  #pending: Buffer = Buffer.alloc(0);

  /** @returns the frames that are complete now, sizes included, so that their concatenation is the stream again */
  push(chunk: Buffer): Buffer[] {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const frames: Buffer[] = [];
    let start = 0;
    while (this.#pending.length - start >= SIZE_BYTES) {
      const end = start + SIZE_BYTES + this.#pending.readInt32BE(start);
      if (end > this.#pending.length) break;
      frames.push(this.#pending.subarray(start, end));
      start = end;
    }
    this.#pending = this.#pending.subarray(start);
    return frames;
  }
}

/** The begin of every request, the same in all versions of the protocol. */
export interface RequestHeader {
  apiKey: number;
  apiVersion: number;
  correlationId: number;
}

export function requestHeader(frame: Buffer): RequestHeader {
  return {
    apiKey: frame.readInt16BE(SIZE_BYTES),
    apiVersion: frame.readInt16BE(SIZE_BYTES + 2),
    correlationId: frame.readInt32BE(SIZE_BYTES + 4),
  };
}

/** Which request a response answers. */
export function responseCorrelationId(frame: Buffer): number {
  return frame.readInt32BE(SIZE_BYTES);
}
