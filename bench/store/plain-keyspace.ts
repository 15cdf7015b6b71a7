import { Client } from 'cassandra-driver';
import type { StoreAddresses } from '../../local/stores/stores.ts';

const TABLES = ['messages_by_conversation', 'buckets_by_conversation', 'conversation_heads'];

/**
 * A keyspace with the same message tables as another one, made from what Cassandra itself says of them.
 *
 * @returns its name
 */
export async function plainKeyspace(stores: StoreAddresses, like: string): Promise<string> {
  const { contactPoints, port, localDataCenter } = stores.cassandra;
  const client = new Client({
    contactPoints: [...contactPoints],
    localDataCenter,
    protocolOptions: { port },
    socketOptions: { readTimeout: 60_000 },
  });
  const name = `${like}_plain`;
  try {
    for (const element of [`KEYSPACE ${like}`, ...TABLES.map((table) => `TABLE ${like}.${table}`)]) {
      const { rows } = await client.execute(`DESCRIBE ${element}`);
      // The first row is the element itself; what follows are its parts.
      const statement = String(rows[0]?.create_statement);
      await client.execute(statement.replace(new RegExp(`\\b${like}\\b`), name));
    }
    return name;
  } finally {
    await client.shutdown();
  }
}
