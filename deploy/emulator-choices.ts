import type { StoreAddresses } from '../local/stores/stores.ts';
import type { Emulator } from './emulator.ts';

/** What keeps systems apart that share stores. */
export interface StoreNames {
  /** Put before the names of topics and consumer groups; may be empty. */
  readonly topicPrefix: string;
  readonly keyspace: string;
}

/**
 * The choices of `lib/config.ts` for an emulator without MSK, EC2 and a cache of its own: Kafka and Cassandra are the
 * stores of this machine, which AWS users may bring as well.
 */
export function emulatorChoices(
  emulator: Emulator,
  stores: StoreAddresses,
  names: StoreNames,
): Readonly<Record<string, string>> {
  const { kafka, cassandra, replicationFactor } = stores;
  return {
    profile: 'dev',
    region: emulator.region,
    kafka: 'existing',
    'existing.kafka.bootstrapServers': kafka.brokers.join(','),
    'existing.kafka.authentication': 'none',
    ...(names.topicPrefix === '' ? {} : { 'existing.kafka.topicPrefix': names.topicPrefix }),
    'existing.kafka.partitions': 'local',
    'existing.kafka.replicationFactor': String(replicationFactor),
    database: 'existing',
    'existing.cassandra.contactPoints': cassandra.contactPoints.join(','),
    'existing.cassandra.port': String(cassandra.port),
    'existing.cassandra.localDataCenter': cassandra.localDataCenter,
    'existing.cassandra.keyspace': names.keyspace,
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
