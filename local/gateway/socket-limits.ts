import { FRAME_MAX_BYTES } from '../../core/contract/limits.ts';

/** Quotas of a WebSocket API ("API Gateway quotas"); tests shorten the times. */
export interface SocketLimits {
  readonly frameBytes: number;
  readonly messageBytes: number;
  readonly idleMilliseconds: number;
  readonly ageMilliseconds: number;
  readonly integrationMilliseconds: number;
}

export const SOCKET_LIMITS: SocketLimits = {
  frameBytes: FRAME_MAX_BYTES,
  messageBytes: 128 * 1024,
  idleMilliseconds: 10 * 60_000,
  ageMilliseconds: 2 * 60 * 60_000,
  integrationMilliseconds: 29_000,
};
