const RING_START = -(2n ** 63n);
const RING_SIZE = 2n ** 64n;

/** Tokens per node; 16 is Cassandra's own default and spreads a ring of three evenly when they are interleaved. */
export const TOKENS_PER_NODE = 16;

/**
 * The tokens of one node in a ring whose nodes take turns: evenly spaced, so that every node owns the same share and no node
 * has to ask the others before it starts.
 *
 * @param nodeNumber 1 to `nodeCount`
 * @returns Murmur3 tokens as decimal strings, ascending
 */
export function interleavedTokens(nodeNumber: number, nodeCount: number): string[] {
  if (!Number.isInteger(nodeNumber) || nodeNumber < 1 || nodeNumber > nodeCount) {
    throw new RangeError(`node number ${nodeNumber} is not between 1 and ${nodeCount}`);
  }
  const spacing = RING_SIZE / BigInt(nodeCount * TOKENS_PER_NODE);
  return Array.from({ length: TOKENS_PER_NODE }, (_, turn) =>
    String(RING_START + spacing * BigInt(nodeCount * turn + nodeNumber - 1) + 1n),
  );
}
