import type { HealthResponse } from '../../../core/contract/health.ts';
import type { StoreProbe } from '../ports/store-probe.ts';

export interface Probes {
  readonly kafka: StoreProbe;
  readonly cassandra: StoreProbe;
  readonly dynamodb: StoreProbe;
}

/** Asks all stores at once whether they do their work. */
export async function readHealth(probes: Probes): Promise<HealthResponse> {
  const stateOf = async (probe: StoreProbe) => ((await probe.isUp()) ? 'up' : 'down');
  const [kafka, cassandra, dynamodb] = await Promise.all([
    stateOf(probes.kafka),
    stateOf(probes.cassandra),
    stateOf(probes.dynamodb),
  ]);
  const healthy = kafka === 'up' && cassandra === 'up' && dynamodb === 'up';
  return { status: healthy ? 'ok' : 'degraded', parts: { kafka, cassandra, dynamodb } };
}
