import { GetBootstrapBrokersCommand, KafkaClient } from '@aws-sdk/client-kafka';

/** Which of a cluster's listeners is meant, by how a client proves who it is there. */
export type Listener = 'iam' | 'scram';

/**
 * The addresses of an MSK cluster's brokers with TLS inside its network, as MSK's API names them: host and port, separated by
 * commas.
 *
 * @throws {Error} one sentence if the cluster has no such listener; what the SDK throws if MSK does not answer
 */
export async function bootstrapBrokersOf(
  clusterArn: string,
  listener: Listener,
  client = new KafkaClient({}),
): Promise<string> {
  const found = await client.send(new GetBootstrapBrokersCommand({ ClusterArn: clusterArn }));
  const addresses =
    listener === 'iam' ? found.BootstrapBrokerStringSaslIam : found.BootstrapBrokerStringSaslScram;
  if (addresses === undefined || addresses === '') {
    const name = listener === 'iam' ? 'IAM' : 'SCRAM';
    throw new Error(
      `The cluster ${clusterArn} has no brokers that take ${name}: switch it on for the cluster.`,
    );
  }
  return addresses;
}
