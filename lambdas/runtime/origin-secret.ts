import { originSettings } from './environment.ts';
import { once } from './once.ts';
import { readSecret } from './secrets.ts';

/** One secret a line; two while it is being rotated. */
export const acceptedOriginSecrets = once(async (): Promise<readonly string[]> => {
  const text = await readSecret('ORIGIN_SECRET', originSettings().secret);
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
});
