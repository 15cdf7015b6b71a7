import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { handler } from '../../../lambdas/operations/await-cassandra-node.lambda.ts';

beforeEach(() => {
  vi.stubEnv('CASSANDRA_CONTACT_POINTS', '10.0.0.1,10.0.0.2,10.0.0.3');
  vi.stubEnv('CASSANDRA_LOCAL_DATA_CENTER', 'eu-central-1');
  vi.stubEnv('CASSANDRA_KEYSPACE', 'ping_me');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** What CloudFormation sends, as far as it is read; no time is left, so whoever asks a node fails. */
function call(RequestType: string, ResourceProperties: Record<string, unknown>): Promise<object> {
  const event = { RequestType, ResourceProperties } as unknown as CloudFormationCustomResourceEvent;
  return handler(event, { getRemainingTimeInMillis: () => 0 } as Context);
}

it('awaits at the first deployment the nodes before, and at a change the others', async () => {
  const properties = { nodes: ['10.0.0.2', '10.0.0.3'], nodesAtCreation: [] };
  await expect(call('Create', properties)).resolves.toEqual({});
  await expect(call('Update', properties)).rejects.toThrow('Nothing more is changed');
});

it('awaits nobody when the stack goes', async () => {
  await expect(call('Delete', {})).resolves.toEqual({});
});

it('names a property that is no list of addresses', async () => {
  await expect(call('Update', { nodes: '10.0.0.2' })).rejects.toThrow(
    'The property nodes must be a list of addresses.',
  );
});
