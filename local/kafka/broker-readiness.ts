import kafkajs from 'kafkajs';

const ANSWER_MILLISECONDS = 2_000;

/**
 * Ids of the brokers that are registered and serve clients, as the metadata says that the broker at `address` leads to.
 *
 * @throws when the broker does not answer
 */
export async function brokersKnownTo(address: string): Promise<number[]> {
  const kafka = new kafkajs.Kafka({
    brokers: [address],
    clientId: 'readiness',
    connectionTimeout: ANSWER_MILLISECONDS,
    requestTimeout: ANSWER_MILLISECONDS,
    retry: { retries: 0 },
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { brokers } = await admin.describeCluster();
    return brokers.map((broker) => broker.nodeId);
  } finally {
    await admin.disconnect();
  }
}
