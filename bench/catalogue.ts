import type { Benchmark } from './benchmark.ts';
import { coldStart } from './cold-start/cold-start.ts';
import { fanOut } from './fan-out/fan-out.ts';
import { longHistory, newestPage } from './history/page.ts';
import { backlogMemory } from './memory/backlog.ts';
import { acknowledged } from './message-path/acknowledged.ts';
import { chatServerScale } from './message-path/chat-server-scale.ts';
import { deliveredToFifty, deliveredToTen } from './message-path/delivered.ts';
import { throughput } from './message-path/throughput.ts';
import { page } from './page/page.ts';
import { storeDrain } from './store/drain.ts';

/** All benchmarks, in the order in which they run. */
export const BENCHMARKS: readonly Benchmark[] = [
  acknowledged,
  deliveredToTen,
  deliveredToFifty,
  throughput,
  chatServerScale,
  storeDrain,
  newestPage,
  longHistory,
  fanOut,
  backlogMemory,
  coldStart,
  page,
];
