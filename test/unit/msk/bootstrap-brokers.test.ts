import { KafkaClient } from '@aws-sdk/client-kafka';
import { expect, it } from 'vitest';
import { bootstrapBrokersOf } from '../../../lambdas/adapters/msk/bootstrap-brokers.ts';

const CLUSTER = 'arn:aws:kafka:us-east-1:111122223333:cluster/ours/0a1b2c3d-3';

/** MSK that answers so, without a network; `asked` holds what it was asked. */
function msk(answer: Readonly<Record<string, string>>) {
  const asked: { name: string | undefined; input: unknown }[] = [];
  const client = new KafkaClient({ region: 'us-east-1' });
  client.middlewareStack.add(
    (_next, context) => async (args) => {
      asked.push({ name: context.commandName, input: args.input });
      return { output: { ...answer, $metadata: {} } as never, response: undefined };
    },
    { step: 'initialize', priority: 'high' },
  );
  return { client, asked };
}

const BOTH = {
  BootstrapBrokerStringSaslIam: 'b-1:9098,b-2:9098,b-3:9098',
  BootstrapBrokerStringSaslScram: 'b-1:9096,b-2:9096,b-3:9096',
};

it.each([
  ['iam', BOTH.BootstrapBrokerStringSaslIam],
  ['scram', BOTH.BootstrapBrokerStringSaslScram],
] as const)('the brokers of a cluster are those of the listener with %s', async (listener, addresses) => {
  const { client, asked } = msk(BOTH);
  expect(await bootstrapBrokersOf(CLUSTER, listener, client)).toBe(addresses);
  expect(asked).toEqual([{ name: 'GetBootstrapBrokersCommand', input: { ClusterArn: CLUSTER } }]);
});

it('a cluster without this listener is named in one sentence', async () => {
  const { client } = msk({ BootstrapBrokerStringSaslIam: 'b-1:9098' });
  await expect(bootstrapBrokersOf(CLUSTER, 'scram', client)).rejects.toThrow(
    `The cluster ${CLUSTER} has no brokers that take SCRAM: switch it on for the cluster.`,
  );
});
