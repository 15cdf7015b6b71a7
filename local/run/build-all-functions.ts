import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FUNCTIONS } from '../../core/contract/functions.ts';
import { type BuiltFunctions, buildFunctions } from '../functions/build-functions.ts';
import { BUILD_DIRECTORY, REPOSITORY_ROOT } from './build-directories.ts';

/**
 * What runs the functions lies beside them, under these names. Bundled, it loads them as they are: a loader of TypeScript would
 * transform each bundle once more, and its maps of that were 330 MB once errors had passed through them.
 */
const SYSTEM = '_system';
const CONSUMER_THREAD = '_consumer-thread';

const SYSTEM_ENTRY = fileURLToPath(new URL('./system-main.ts', import.meta.url));
const CONSUMER_THREAD_ENTRY = fileURLToPath(new URL('./consumer-thread-main.ts', import.meta.url));

/** Bundles all declared functions for this machine's Node, as far as they have changed, and what runs them. */
export function buildAllFunctions(): Promise<BuiltFunctions> {
  return buildFunctions({
    functions: {
      ...FUNCTIONS,
      [SYSTEM]: { entry: SYSTEM_ENTRY },
      [CONSUMER_THREAD]: { entry: CONSUMER_THREAD_ENTRY },
    },
    root: REPOSITORY_ROOT,
    outputDirectory: join(BUILD_DIRECTORY, 'functions'),
  });
}

/** Path of the main module of the system's process. */
export function systemBundle(built: BuiltFunctions): string {
  return built.bundleOf(SYSTEM);
}

/** Path of the main module of the thread with the event sources. */
export function consumerThreadBundle(built: BuiltFunctions): string {
  return built.bundleOf(CONSUMER_THREAD);
}
