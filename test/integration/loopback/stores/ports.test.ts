import { createServer, type Server } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { isPortFree, portsOf, reservePorts } from '../../../../local/stores/ports.ts';

const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3'];

async function reserve(before?: Parameters<typeof reservePorts>[1]) {
  const reserved = await reservePorts(addresses, before);
  onTestFinished(() => reserved.release());
  return reserved;
}

async function occupy(host: string, port: number): Promise<void> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen({ host, port, exclusive: true }, resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
}

it('a run keeps its ports from one start to the next', async () => {
  const first = await reserve();
  await first.release();
  expect((await reserve(first.choice)).choice).toEqual(first.choice);
});

it('two runs never share a block, however they are timed', async () => {
  const runs = await Promise.all(Array.from({ length: 20 }, () => reserve()));
  expect(new Set(runs.map(({ choice }) => choice.base)).size).toBe(20);
});

it('a run whose sentinel is held by another moves, all but the storage port', async () => {
  const first = await reserve();
  const second = await reserve(first.choice);
  expect(second.choice.base).not.toBe(first.choice.base);
  expect(second.choice.storage).toBe(first.choice.storage);
});

it('a run moves when one of its ports is taken on any of its addresses', async () => {
  const first = await reserve();
  await first.release();
  await occupy('127.0.0.3', portsOf(first.choice, 3).cassandra.native);
  const second = await reserve(first.choice);
  expect(second.choice.base).not.toBe(first.choice.base);
});

it('names the storage port of existing nodes when that is taken', async () => {
  const { choice, release } = await reserve();
  await release();
  await occupy('127.0.0.2', choice.storage);
  await expect(reservePorts(addresses, choice)).rejects.toThrow(
    `Port ${choice.storage} on 127.0.0.2, which the Cassandra nodes of this data directory use among themselves, is taken`,
  );
});

it('all ports lie below the ephemeral ranges', async () => {
  const { choice } = await reserve();
  expect(choice.base).toBeGreaterThanOrEqual(10_240);
  expect(choice.base + 31).toBeLessThan(32_768);
  expect(await isPortFree('127.0.0.1', choice.base)).toBe(false);
});
