import type { NodeControl } from '../../local/processes/node-control.ts';

const READY_MS = { kafka: 120_000, cassandra: 180_000 };

/** Starts brokers or nodes that were stopped or killed; resolves once all of them serve. */
export async function startAgain(
  nodes: NodeControl,
  part: 'kafka' | 'cassandra',
  numbers: readonly number[],
): Promise<void> {
  for (const number of numbers) await nodes.start(part, number);
  await Promise.all(numbers.map((number) => nodes.waitUntilReady(part, number, READY_MS[part])));
}
