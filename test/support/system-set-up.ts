import type { TestProject } from 'vitest/node';
import { findOrInstallBrowser } from '../../local/browser/browser.ts';
import { buildPage } from '../../local/run/build-page.ts';
import { startKeeper } from './keepers/start-keeper.ts';
import type { SystemFacts, SystemRequest } from './keepers/system-facts.ts';
import { testStores } from './keepers/test-stores.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the system of this test run answers: `inject('system').origin`. */
    system: SystemFacts;
    /** Path of the Chromium that the browser tests drive: `launchBrowser(inject('browserPath'))`. */
    browserPath: string;
  }
}

/** The project of this name runs its functions as Lambda does; every other one has them all in one process. */
const LIKE_LAMBDA_PROJECT = 'e2e-like-lambda';

/** Global set-up of the e2e projects: a browser, the built page and the whole system, once for all their files. */
export default async function setUpSystem(project: TestProject): Promise<() => Promise<void>> {
  project.provide('browserPath', await findOrInstallBrowser());
  await buildPage(new AbortController().signal);
  const stores = await testStores();
  try {
    const request: SystemRequest = { stores: stores.facts, likeLambda: project.name === LIKE_LAMBDA_PROJECT };
    const system = await startKeeper<SystemFacts>('test/support/keepers/system.ts', [
      JSON.stringify(request),
    ]);
    project.provide('system', system.facts);
    return () => system.stop().finally(stores.stop);
  } catch (error) {
    await stores.stop();
    throw error;
  }
}
