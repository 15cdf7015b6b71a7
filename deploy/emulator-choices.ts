import type { StoreAddresses } from '../local/stores/stores.ts';
import type { Emulator } from './emulator.ts';

/**
 * The choices of `lib/config.ts` for an emulator without MSK, EC2 and a cache of its own: Kafka and Cassandra are the
 * stores of this machine, which AWS users may bring as well.
 */
export function emulatorChoices(
  emulator: Emulator,
  stores: StoreAddresses,
): Readonly<Record<string, string>> {
  const { kafka, cassandra, replicationFactor } = stores;
  return {
    profile: 'dev',
    region: emulator.region,
    kafka: 'existing',
    'existing.kafka.bootstrapServers': kafka.brokers.join(','),
    'existing.kafka.authentication': 'none',
    'existing.kafka.partitions': 'local',
    'existing.kafka.replicationFactor': String(replicationFactor),
    database: 'existing',
    'existing.cassandra.contactPoints': cassandra.contactPoints.join(','),
    'existing.cassandra.port': String(cassandra.port),
    'existing.cassandra.localDataCenter': cassandra.localDataCenter,
    'existing.cassandra.replicationFactor': String(replicationFactor),
    connectionsEndpoint: `${emulator.endpoint}/_aws/execute-api/{api}/ws`,
    eventSource: 'external',
    uploadPage: 'cli',
    waf: 'false',
    alarms: 'false',
    manageApiGatewayAccount: 'false',
    reservedConcurrency: 'false',
    rotateSecrets: 'false',
    socketAnswers: 'false',
  };
}
