import { updateProfile } from '../application/identity/update-profile.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { identities, userDirectory, users } from '../runtime/identity.ts';

export const handler = httpFunction('update-own-profile', async ({ session, body }) => ({
  body: await updateProfile(
    { identities: identities(), users: users(), userDirectory: userDirectory() },
    session,
    body,
  ),
}));
