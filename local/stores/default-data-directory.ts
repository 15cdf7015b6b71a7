import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Git-ignored folder of the checkout that holds what runs from it write. */
const PING_ME_FOLDER = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), '.ping-me');

/** Where the data of a run lies unless the person names a folder: three of each node and one of each are kept apart. */
export function defaultDataDirectory(small: boolean): string {
  return join(PING_ME_FOLDER, small ? 'small' : 'three');
}
