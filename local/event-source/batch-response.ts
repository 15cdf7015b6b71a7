import * as z from 'zod/mini';
import type { InvocationResult } from '../functions/invocation.ts';

/** What is to be done with a batch: `failedFrom` maps a partition to its lowest failed offset; the rest is done. */
export type BatchOutcome =
  | { readonly kind: 'answered'; readonly failedFrom: ReadonlyMap<number, number> }
  | { readonly kind: 'failed'; readonly reason: string };

const responseSchema = z.nullish(
  z.object({
    batchItemFailures: z.nullish(
      z.array(z.object({ itemIdentifier: z.object({ partition: z.string(), offset: z.int() }) })),
    ),
  }),
);

/** The offsets of a batch, per partition. */
type BatchOffsets = ReadonlyMap<number, ReadonlySet<number>>;

/**
 * Reads a function's answer as Lambda does with ReportBatchItemFailures: nothing, or an empty list, is success; whatever is
 * malformed or names a record that is not in the batch fails the whole batch.
 */
export function readBatchResponse(
  topic: string,
  batch: BatchOffsets,
  result: InvocationResult,
): BatchOutcome {
  if (result.kind === 'failed') return { kind: 'failed', reason: result.errorType };
  if (result.kind !== 'returned') return { kind: 'failed', reason: result.kind };
  const response = z.safeParse(responseSchema, result.value);
  if (!response.success) return { kind: 'failed', reason: 'malformed response' };
  const failedFrom = new Map<number, number>();
  for (const { itemIdentifier } of response.data?.batchItemFailures ?? []) {
    const partition = partitionOf(topic, itemIdentifier.partition);
    if (partition === undefined || !batch.get(partition)?.has(itemIdentifier.offset)) {
      return { kind: 'failed', reason: 'response names a record that is not in the batch' };
    }
    failedFrom.set(
      partition,
      Math.min(itemIdentifier.offset, failedFrom.get(partition) ?? itemIdentifier.offset),
    );
  }
  return { kind: 'answered', failedFrom };
}

/** 3 of "messages-3". */
function partitionOf(topic: string, name: string): number | undefined {
  const number = name.startsWith(`${topic}-`) ? Number(name.slice(topic.length + 1)) : Number.NaN;
  return Number.isInteger(number) ? number : undefined;
}
