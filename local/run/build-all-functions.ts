import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FUNCTIONS } from '../../core/contract/functions.ts';
import { type BuiltFunctions, buildFunctions } from '../functions/build-functions.ts';
import { BUILD_DIRECTORY, REPOSITORY_ROOT } from './build-directories.ts';

/** The bundle of the thread with the event sources lies beside the functions, under this name. */
const CONSUMER_THREAD = '_consumer-thread';
const CONSUMER_THREAD_ENTRY = fileURLToPath(new URL('./consumer-thread-main.ts', import.meta.url));

/** Bundles all declared functions for this machine's Node, as far as they have changed, and the thread that feeds them. */
export function buildAllFunctions(): Promise<BuiltFunctions> {
  return buildFunctions({
    functions: { ...FUNCTIONS, [CONSUMER_THREAD]: { entry: CONSUMER_THREAD_ENTRY } },
    root: REPOSITORY_ROOT,
    outputDirectory: join(BUILD_DIRECTORY, 'functions'),
  });
}

/** Path of the main module of the thread with the event sources. */
export function consumerThreadBundle(built: BuiltFunctions): string {
  return built.bundleOf(CONSUMER_THREAD);
}
