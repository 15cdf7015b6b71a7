import type { TestProject } from 'vitest/node';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import { testStores } from './keepers/test-stores.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the stores of this test run answer: `inject('stores')`. Each test makes its own keyspaces, topics and tables. */
    stores: StoreAddresses;
  }
}

/** Global set-up of the integration project: real stores, once for all its files. */
export default async function setUpStores(project: TestProject): Promise<() => Promise<void>> {
  const stores = await testStores();
  project.provide('stores', stores.facts);
  return stores.stop;
}
