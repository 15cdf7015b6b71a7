import type { MessageId } from '../../core/contract/ids.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Where a record stands, as its message's id says: generation (8 bits), offset (56), partition (16), time in ms (48). */
export interface Place {
  readonly partition: number;
  readonly offset: bigint;
  readonly appendedAt: number;
}

/** The id of the record that stands there, in the given making of the topic, without the code that the functions use. */
export function idOfPlace({ partition, offset, appendedAt }: Place, generation: number): MessageId {
  const bits =
    (BigInt(generation) << 120n) | (offset << 64n) | (BigInt(partition) << 48n) | BigInt(appendedAt);
  return Array.from(
    { length: 26 },
    (_, index) => ALPHABET[Number((bits >> BigInt(5 * (25 - index))) & 31n)],
  ).join('');
}

/** Reads an id by its documented form (docs/architecture.md), without the code that makes it. */
export function placeOf(messageId: MessageId): Place {
  const bits = [...messageId].reduce((sum, letter) => (sum << 5n) | BigInt(ALPHABET.indexOf(letter)), 0n);
  return {
    appendedAt: Number(bits & 0xff_ff_ff_ff_ff_ffn),
    partition: Number((bits >> 48n) & 0xff_ffn),
    offset: (bits >> 64n) & 0xff_ff_ff_ff_ff_ff_ffn,
  };
}
