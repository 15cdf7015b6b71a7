const HEADER_MAX_BYTES = 14;

/**
 * Follows the frames of a client's byte stream and tells when one is larger than allowed, which `ws` only knows of whole
 * messages (RFC 6455, section 5.2).
 */
export class FrameSizeGuard {
  private readonly limitBytes: number;
  private header = Buffer.alloc(0);
  /** Bytes of the current frame's masking key and payload that are still to come. */
  private remaining = 0;

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }

  /** @returns false as soon as a frame exceeds the limit */
  accepts(chunk: Buffer): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.remaining > 0) {
        const skipped = Math.min(this.remaining, chunk.length - at);
        this.remaining -= skipped;
        at += skipped;
        continue;
      }
      const before = this.header.length;
      this.header = Buffer.concat([this.header, chunk.subarray(at, at + HEADER_MAX_BYTES - before)]);
      const frame = readFrameHeader(this.header);
      if (frame === undefined) return true;
      if (frame.payloadBytes > this.limitBytes) return false;
      at += frame.headerBytes - before;
      this.remaining = frame.payloadBytes + frame.maskBytes;
      this.header = Buffer.alloc(0);
    }
    return true;
  }
}

/** @returns undefined while the length is not known yet */
function readFrameHeader(
  bytes: Buffer,
): { headerBytes: number; payloadBytes: number; maskBytes: number } | undefined {
  if (bytes.length < 2) return undefined;
  const second = bytes.readUInt8(1);
  const maskBytes = (second & 0x80) === 0 ? 0 : 4;
  const short = second & 0x7f;
  if (short < 126) return { headerBytes: 2, payloadBytes: short, maskBytes };
  if (short === 126) {
    return bytes.length < 4 ? undefined : { headerBytes: 4, payloadBytes: bytes.readUInt16BE(2), maskBytes };
  }
  return bytes.length < 10
    ? undefined
    : { headerBytes: 10, payloadBytes: Number(bytes.readBigUInt64BE(2)), maskBytes };
}
