import { readOwnProfile } from '../application/identity/read-own-profile.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { identities } from '../runtime/identity.ts';

export const handler = httpFunction('read-own-profile', async ({ session }) => ({
  body: await readOwnProfile(identities(), session),
}));
