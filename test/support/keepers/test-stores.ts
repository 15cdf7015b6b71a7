import type { StoreAddresses } from '../../../local/stores/stores.ts';
import type { Kept } from './keep.ts';
import { startKeeper } from './start-keeper.ts';

/** Stores that several suites share, as JSON; set by `npm test`. */
export const SHARED_STORES_SETTING = 'PING_ME_TEST_STORES';

/** The stores of the whole test run where it has some, else stores of this suite alone. */
export async function testStores(): Promise<Kept<StoreAddresses>> {
  const shared = process.env[SHARED_STORES_SETTING];
  if (shared === undefined) return startStoresForTests();
  return { facts: JSON.parse(shared) as StoreAddresses, stop: async () => undefined };
}

/** Three brokers, three nodes and DynamoDB Local, in a process of their own. */
export function startStoresForTests(): Promise<Kept<StoreAddresses>> {
  return startKeeper<StoreAddresses>('test/support/keepers/stores.ts');
}
