import { cassandraDamageDrills } from './cassandra/damage.ts';
import { cassandraNodeDrills } from './cassandra/nodes.ts';
import type { Drill } from './drill.ts';
import { clientDrills } from './edges/clients.ts';
import { gatewayDrills } from './edges/gateway.ts';
import { consumerDrills } from './functions/consumers.ts';
import { instanceDrills } from './functions/http-instances.ts';
import { poisonDrills } from './functions/poison.ts';
import { kafkaBrokerDrills } from './kafka/brokers.ts';
import { kafkaClockDrills } from './kafka/clock-skew.ts';
import { kafkaConnectionDrills } from './kafka/connection-cut.ts';
import { outageDrills } from './outage/outage.ts';
import { rebuildDrills } from './rebuild/rebuild.ts';
import { spikeDrills } from './spike/spike.ts';

/** All drills, in the order in which they run. */
export const DRILLS: readonly Drill[] = [
  ...kafkaBrokerDrills,
  ...kafkaConnectionDrills,
  ...kafkaClockDrills,
  ...cassandraNodeDrills,
  ...cassandraDamageDrills,
  ...consumerDrills,
  ...instanceDrills,
  ...poisonDrills,
  ...gatewayDrills,
  ...clientDrills,
  ...rebuildDrills,
  ...spikeDrills,
  ...outageDrills,
];
