import type { BrokerPorts } from '../stores/ports.ts';

export interface BrokerOptions {
  /** 1 to 3; also its number in the control and its availability zone. */
  brokerId: number;
  /** Ports of every broker of the cluster; the first is broker 1's. */
  ports: readonly BrokerPorts[];
  logDirectory: string;
}

/** Longer than messages are kept (7 days), so that a consumer that was away all that time goes on where it stood. */
const OFFSETS_RETENTION_MINUTES = 14 * 24 * 60;

/**
 * `server.properties` of one broker, which is a controller too. Clients come in by CLIENT; PROXIED leads to the same broker but
 * advertises a port at which a test may put a proxy.
 */
export function brokerProperties({ brokerId, ports, logDirectory }: BrokerOptions): string {
  const own = ports[brokerId - 1];
  if (own === undefined) throw new RangeError(`there is no broker ${brokerId} among ${ports.length}`);
  const replicas = ports.length;
  const inSync = Math.min(2, replicas);
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': brokerId,
    'broker.rack': `az-${brokerId}`,
    'controller.quorum.voters': ports
      .map(({ controller }, index) => `${index + 1}@127.0.0.1:${controller}`)
      .join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'CLIENT',
    listeners: `CLIENT://127.0.0.1:${own.client},PROXIED://127.0.0.1:${own.proxied},CONTROLLER://127.0.0.1:${own.controller}`,
    'advertised.listeners': `CLIENT://127.0.0.1:${own.client},PROXIED://127.0.0.1:${own.proxy}`,
    'listener.security.protocol.map': 'CLIENT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': logDirectory,
    'auto.create.topics.enable': false,
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': 6,
    'offsets.retention.minutes': OFFSETS_RETENTION_MINUTES,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'transaction.state.log.num.partitions': 3,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': inSync,
    'group.initial.rebalance.delay.ms': 0,
    // A killed broker stays in every partition's in-sync set until it is fenced: 1.5 s instead of 9. When it was the controller
    // too, the election comes first: 1 s instead of 2 until it is noticed. Both together stayed under 3 s on busy cores.
    'broker.session.timeout.ms': 1_500,
    'broker.heartbeat.interval.ms': 300,
    'controller.quorum.fetch.timeout.ms': 1_000,
    'controller.quorum.election.timeout.ms': 500,
    'controller.quorum.election.backoff.max.ms': 200,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
