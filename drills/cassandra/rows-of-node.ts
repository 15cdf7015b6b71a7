import { Client, policies, types } from 'cassandra-driver';
import type { ConversationId } from '../../core/contract/ids.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';

/**
 * How many messages of these conversations one node has among its own rows: it alone coordinates, and read at ONE it answers
 * from itself. Counts the first bucket only, which is all there is up to 10,000 messages.
 *
 * @param node from 1
 */
export async function rowsOfNode(
  stores: StoreAddresses,
  {
    node,
    keyspace,
    conversations,
  }: { node: number; keyspace: string; conversations: readonly ConversationId[] },
): Promise<number> {
  const { contactPoints, port, localDataCenter } = stores.cassandra;
  const address = contactPoints[node - 1] ?? '';
  const { AllowListPolicy, RoundRobinPolicy } = policies.loadBalancing;
  const client = new Client({
    contactPoints: [address],
    policies: { loadBalancing: new AllowListPolicy(new RoundRobinPolicy(), [`${address}:${port}`]) },
    localDataCenter,
    protocolOptions: { port },
    keyspace,
  });
  try {
    let rows = 0;
    for (const conversationId of conversations) {
      const { rows: found } = await client.execute(
        'SELECT count(*) FROM messages_by_conversation WHERE conversation_id = ? AND bucket = 0',
        [conversationId],
        { prepare: true, consistency: types.consistencies.one },
      );
      rows += Number(found[0]?.count);
    }
    return rows;
  } finally {
    await client.shutdown();
  }
}
