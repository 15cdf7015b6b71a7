import type { Drill } from './drill.ts';
import { kafkaBrokerDrills } from './kafka/brokers.ts';

/** All drills, in the order in which they run. */
export const DRILLS: readonly Drill[] = [...kafkaBrokerDrills];
