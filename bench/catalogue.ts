import type { Benchmark } from './benchmark.ts';
import { acknowledged } from './message-path/acknowledged.ts';
import { deliveredToFifty, deliveredToTen } from './message-path/delivered.ts';
import { throughput } from './message-path/throughput.ts';

/** All benchmarks, in the order in which they run. */
export const BENCHMARKS: readonly Benchmark[] = [acknowledged, deliveredToTen, deliveredToFifty, throughput];
