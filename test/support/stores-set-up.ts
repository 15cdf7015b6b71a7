import type { TestProject } from 'vitest/node';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import { startKeeper } from './keepers/start-keeper.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the stores of this test run answer: `inject('stores')`. Each test makes its own keyspaces, topics and tables. */
    stores: StoreAddresses;
  }
}

/** Global set-up of the integration project: three brokers, three nodes and DynamoDB Local, once for all its files. */
export default async function setUpStores(project: TestProject): Promise<() => Promise<void>> {
  const stores = await startKeeper<StoreAddresses>('test/support/keepers/stores.ts');
  project.provide('stores', stores.facts);
  return stores.stop;
}
