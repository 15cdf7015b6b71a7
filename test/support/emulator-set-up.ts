import type { TestProject } from 'vitest/node';
import type { EmulatorFacts } from './keepers/emulator-facts.ts';
import { startKeeper } from './keepers/start-keeper.ts';
import { testStores } from './keepers/test-stores.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** What is deployed to the emulator of this test run: `inject('emulator').origin`. */
    emulator: EmulatorFacts;
  }
}

/** Global set-up of the emulator project: stores, an emulator and everything deployed to it, once for all its files. */
export default async function setUpEmulator(project: TestProject): Promise<() => Promise<void>> {
  const stores = await testStores();
  try {
    const emulator = await startKeeper<EmulatorFacts>('test/support/keepers/emulator.ts', [
      JSON.stringify(stores.facts),
    ]);
    project.provide('emulator', emulator.facts);
    return () => emulator.stop().finally(stores.stop);
  } catch (error) {
    await stores.stop();
    throw error;
  }
}
