import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, types } from 'cassandra-driver';
import type { MemoryQueueOptions, MemoryQueueReport } from './memory-queue.ts';

/**
 * What Ping Me would be without a log: a post is acknowledged once it is in a queue in this process's memory, and a worker
 * writes the queue into the same store, in batches as large as they may be. The queue is bounded, as everything in memory has
 * to be.
 */
const { contactPoints, port, localDataCenter, keyspace, bound } = JSON.parse(
  process.argv[2] ?? '{}',
) as MemoryQueueOptions;

const BATCH_STATEMENTS = 30;
const queue: { conversation: string; nonce: string; content: string }[] = [];
const report: { -readonly [Name in keyof MemoryQueueReport]: MemoryQueueReport[Name] } = {
  accepted: 0,
  refused: 0,
  stored: 0,
  waiting: 0,
};

const client = new Client({
  contactPoints: [...contactPoints],
  localDataCenter,
  protocolOptions: { port },
  keyspace,
});
await client.connect();
await client.execute(
  'CREATE TABLE IF NOT EXISTS queued_messages (conversation text, nonce text, content text, PRIMARY KEY (conversation, nonce))',
);

async function store(): Promise<void> {
  for (;;) {
    const batch = queue.slice(0, BATCH_STATEMENTS);
    if (batch.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      continue;
    }
    const statements = batch.map(({ conversation, nonce, content }) => ({
      query: 'INSERT INTO queued_messages (conversation, nonce, content) VALUES (?, ?, ?)',
      params: [conversation, nonce, content],
    }));
    const written = await client
      .batch(statements, { prepare: true, logged: false, consistency: types.consistencies.localQuorum })
      .then(
        () => true,
        () => false,
      );
    if (!written) continue;
    queue.splice(0, batch.length);
    report.stored += batch.length;
  }
}
void store();

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method === 'GET') {
      report.waiting = queue.length;
      response.end(JSON.stringify(report));
    } else if (queue.length >= bound) {
      report.refused += 1;
      response.writeHead(503).end();
    } else {
      queue.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      report.accepted += 1;
      response.writeHead(202).end();
    }
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit(0));
