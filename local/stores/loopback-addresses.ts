import { createServer } from 'node:net';
import { OperatorError } from '../processes/operator-error.ts';

/** One address per Cassandra node: 127.0.0.1, .2, .3. */
export function loopbackAddresses(nodeCount: number): string[] {
  return Array.from({ length: nodeCount }, (_, index) => `127.0.0.${index + 1}`);
}

/**
 * Linux answers on all of 127.0.0.0/8; macOS only on 127.0.0.1, and each further address must be added by the person.
 *
 * @throws OperatorError with the commands to type
 */
export async function assertAddressesExist(addresses: readonly string[]): Promise<void> {
  const missing: string[] = [];
  for (const address of addresses) if (!(await exists(address))) missing.push(address);
  if (missing.length === 0) return;
  const commands = missing.map((address) => `sudo ifconfig lo0 alias ${address} up`).join(' && ');
  throw new OperatorError(
    `The Cassandra nodes need the loopback addresses ${missing.join(' and ')}, which this machine lacks: add them with ` +
      `"${commands}" (until the next reboot), or start with --small.`,
  );
}

function exists(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: address, port: 0 }, () => server.close(() => resolve(true)));
  });
}
