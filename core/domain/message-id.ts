import type { MessageId } from '../contract/ids.ts';

/** Where a record stands in the log, and when the broker appended it. */
export interface LogPosition {
  /** 0–127: which making of the topic; a topic that is made anew begins the next one. */
  readonly generation: number;
  readonly partition: number;
  readonly offset: bigint;
  /** Milliseconds since 1970, a broker's wall clock: information only, it may step back. */
  readonly appendedAt: number;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const VALUES = new Map([...CROCKFORD].map((character, value) => [character, BigInt(value)]));
const LENGTH = 26;

/** Position in the log → message id. Ids of one partition sort as text exactly as their records stand in the log. */
export function messageIdOf({ generation, offset, partition, appendedAt }: LogPosition): MessageId {
  let bits = (BigInt(generation) << 120n) | (offset << 64n) | (BigInt(partition) << 48n) | BigInt(appendedAt);
  const characters = new Array<string>(LENGTH);
  for (let index = LENGTH - 1; index >= 0; index -= 1) {
    characters[index] = CROCKFORD.charAt(Number(bits & 31n));
    bits >>= 5n;
  }
  return characters.join('');
}

/**
 * The inverse of `messageIdOf`.
 *
 * @throws {RangeError} for text that is no message id
 */
export function logPositionOf(messageId: MessageId): LogPosition {
  let bits = 0n;
  for (const character of messageId) {
    const value = VALUES.get(character);
    if (value === undefined) throw new RangeError('Not a message id.');
    bits = (bits << 5n) | value;
  }
  if (messageId.length !== LENGTH || bits >> 128n !== 0n) throw new RangeError('Not a message id.');
  return {
    generation: Number(bits >> 120n),
    offset: (bits >> 64n) & 0xff_ffff_ffff_ffffn,
    partition: Number((bits >> 48n) & 0xffffn),
    appendedAt: Number(bits & 0xffff_ffff_ffffn),
  };
}

/** The append time in the id of a message, or of an edit, ISO 8601. */
export function postedAtOf(messageId: MessageId): string {
  return new Date(logPositionOf(messageId).appendedAt).toISOString();
}

/**
 * A write timestamp for Cassandra that orders writes as the log does: generation and offset, no clock. No two records of
 * a partition share one, so no two writes to a row tie. Fits a signed 64-bit integer while generations stay under 128.
 */
export function writeTimestampOf(messageId: MessageId): bigint {
  const { generation, offset } = logPositionOf(messageId);
  return (BigInt(generation) << 56n) | offset;
}
