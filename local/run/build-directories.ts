import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this code is part of, wherever it was started from. */
export const REPOSITORY_ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What is built is kept here, so that a start builds only what has changed. Git-ignored. */
export const BUILD_DIRECTORY = join(REPOSITORY_ROOT, '.ping-me', 'build');

/** The built page. */
export const PAGE_DIRECTORY = join(REPOSITORY_ROOT, 'web', 'dist');
