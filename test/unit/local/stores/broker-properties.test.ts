import { expect, it } from 'vitest';
import { brokerProperties } from '../../../../local/kafka/broker-properties.ts';
import { portsOf } from '../../../../local/stores/ports.ts';

function settingsOf(brokerId: number, brokers: number): Record<string, string> {
  const { kafka: ports } = portsOf({ base: 20_000, storage: 20_003 }, brokers);
  const lines = brokerProperties({ brokerId, ports, logDirectory: '/data' }).trimEnd().split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

it('listens on loopback only, and sends clients of the second listener to the proxy', () => {
  const settings = settingsOf(2, 3);
  expect(settings.listeners).toBe(
    'CLIENT://127.0.0.1:20011,PROXIED://127.0.0.1:20013,CONTROLLER://127.0.0.1:20012',
  );
  expect(settings['advertised.listeners']).toBe('CLIENT://127.0.0.1:20011,PROXIED://127.0.0.1:20014');
  expect(settings['controller.quorum.voters']).toBe('1@127.0.0.1:20008,2@127.0.0.1:20012,3@127.0.0.1:20016');
});

it('keeps three copies of everything on three brokers, and one on one', () => {
  expect(settingsOf(1, 3)).toMatchObject({
    'default.replication.factor': '3',
    'min.insync.replicas': '2',
    'offsets.topic.replication.factor': '3',
  });
  expect(settingsOf(1, 1)).toMatchObject({
    'default.replication.factor': '1',
    'min.insync.replicas': '1',
    'offsets.topic.replication.factor': '1',
  });
});

it('keeps offsets at least as long as messages', () => {
  expect(Number(settingsOf(1, 3)['offsets.retention.minutes'])).toBeGreaterThanOrEqual(7 * 24 * 60);
});
