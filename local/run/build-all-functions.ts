import { join } from 'node:path';
import { FUNCTIONS } from '../../core/contract/functions.ts';
import { type BuiltFunctions, buildFunctions } from '../functions/build-functions.ts';
import { BUILD_DIRECTORY, REPOSITORY_ROOT } from './build-directories.ts';

/** Bundles all declared functions for this machine's Node, as far as they have changed. */
export function buildAllFunctions(): Promise<BuiltFunctions> {
  return buildFunctions({
    functions: FUNCTIONS,
    root: REPOSITORY_ROOT,
    outputDirectory: join(BUILD_DIRECTORY, 'functions'),
  });
}
