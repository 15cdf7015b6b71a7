import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { StoreAddresses } from '../../local/stores/stores.ts';

const TIMEOUT_MS = 240_000;

/**
 * Asks nodetool of one node, for example `nodetool(stores, 2, 'repair', '-full')`.
 *
 * @param node from 1
 * @returns what it printed
 */
export async function nodetool(stores: StoreAddresses, node: number, ...words: string[]): Promise<string> {
  const [command, ...before] = stores.cassandra.nodetool[node - 1] ?? [];
  if (command === undefined) throw new RangeError(`There is no Cassandra node ${node}.`);
  const { stdout } = await promisify(execFile)(command, [...before, ...words], { timeout: TIMEOUT_MS });
  return stdout;
}
