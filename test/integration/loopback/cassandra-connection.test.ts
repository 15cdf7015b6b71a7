import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { Cassandra } from '../../../lambdas/adapters/cassandra/cassandra.ts';
import { StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';

let server: Server | undefined;
let cassandra: Cassandra | undefined;

afterEach(async () => {
  await cassandra?.close();
  server?.close();
});

async function listen(port = 0): Promise<{ port: number; connections: () => number }> {
  let connections = 0;
  const opened = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  server = opened;
  opened.listen(port, '127.0.0.1');
  await once(opened, 'listening');
  return { port: (opened.address() as AddressInfo).port, connections: () => connections };
}

it('a database that was away, and asked again within the pause, is connected to again afterwards', async () => {
  const { port } = await listen();
  server?.close();
  const away = new Cassandra({
    contactPoints: ['127.0.0.1'],
    port,
    localDataCenter: 'local',
    dialect: 'cassandra',
  });
  cassandra = away;
  const ask = () => away.execute('SELECT release_version FROM system.local');
  await expect(ask()).rejects.toBeInstanceOf(StoreUnavailableError);
  await expect(ask()).rejects.toThrow();

  const { connections } = await listen(port);
  await waitFor('a new attempt', async () => {
    await ask().catch(() => undefined);
    return connections() > 0;
  });
});
