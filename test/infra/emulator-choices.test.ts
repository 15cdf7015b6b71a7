import { expect, it } from 'vitest';
import { emulatorChoices } from '../../deploy/emulator-choices.ts';
import { readConfig } from '../../lib/config.ts';

it('the choices for an emulator are choices that the stacks take, with the stores of this machine', () => {
  const config = readConfig(
    emulatorChoices(
      { endpoint: 'http://localhost:4566', account: '000000000000', region: 'us-east-1', environment: {} },
      {
        kafka: { brokers: ['127.0.0.1:9001', '127.0.0.1:9002', '127.0.0.1:9003'], proxiedListeners: [] },
        cassandra: {
          contactPoints: ['127.0.0.1', '127.0.0.2'],
          port: 9042,
          localDataCenter: 'dc1',
          nodetool: [],
        },
        dynamodb: { endpoint: 'http://127.0.0.1:8000' },
        replicationFactor: 3,
        controlSocket: '/nowhere',
      },
      { topicPrefix: 'e1-', keyspace: 'e1' },
    ),
  );
  expect(config).toMatchObject({
    network: { kind: 'none' },
    kafka: {
      kind: 'existing-servers',
      bootstrapServers: ['127.0.0.1:9001', '127.0.0.1:9002', '127.0.0.1:9003'],
      authentication: 'none',
      topicPrefix: 'e1-',
    },
    database: { kind: 'existing', contactPoints: ['127.0.0.1', '127.0.0.2'], keyspace: 'e1' },
    eventSource: 'external',
    uploadPage: 'cli',
    connectionsEndpoint: 'http://localhost:4566/_aws/execute-api/{api}/ws',
  });
});
