export interface Backoff {
  readonly baseMs: number;
  readonly maxMs: number;
}

/**
 * How long to wait before the next try: exponential with full jitter, so that many pages that lost the same thing do
 * not come back at the same moment. `failures` counts from 1; `random` is from 0 to 1.
 */
export function backoffMs(failures: number, { baseMs, maxMs }: Backoff, random: number): number {
  const ceiling = Math.min(maxMs, baseMs * 2 ** Math.min(30, Math.max(0, failures - 1)));
  return Math.round(random * ceiling);
}

/** From half to one and a half times `ms`. */
export function jittered(ms: number, random: number): number {
  return Math.round(ms * (0.5 + random));
}
