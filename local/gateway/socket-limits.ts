import { FRAME_MAX_BYTES, SOCKET_OPEN_TIMEOUT_MS } from '../../core/contract/limits.ts';

/** Quotas of a WebSocket API ("API Gateway quotas"), and how much one machine does at once; tests shorten the times. */
export interface SocketLimits {
  readonly frameBytes: number;
  readonly messageBytes: number;
  readonly idleMilliseconds: number;
  readonly ageMilliseconds: number;
  readonly integrationMilliseconds: number;
  /** How many handshakes are under way at once; the others wait for their turn … */
  readonly handshakesAtOnce: number;
  /** … but not longer than this: then they are answered 429, as API Gateway answers what is beyond its quota. */
  readonly handshakeWaitMilliseconds: number;
}

export const SOCKET_LIMITS: SocketLimits = {
  frameBytes: FRAME_MAX_BYTES,
  messageBytes: 128 * 1024,
  idleMilliseconds: 10 * 60_000,
  ageMilliseconds: 2 * 60 * 60_000,
  integrationMilliseconds: 29_000,
  handshakesAtOnce: 16,
  // A client waits SOCKET_OPEN_TIMEOUT_MS in all.
  handshakeWaitMilliseconds: SOCKET_OPEN_TIMEOUT_MS / 2,
};
