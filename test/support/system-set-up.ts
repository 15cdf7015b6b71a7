import type { TestProject } from 'vitest/node';
import { findOrInstallBrowser } from './browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the Chromium that the browser tests drive: `launchBrowser(inject('browserPath'))`. */
    browserPath: string;
  }
}

/** Global set-up of the e2e project: a browser and the whole system, once for all its files. */
export default async function setUpSystem(project: TestProject): Promise<void> {
  project.provide('browserPath', await findOrInstallBrowser());
}
