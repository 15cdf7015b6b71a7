import { searchUsers } from '../application/identity/search-users.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { profiles, userDirectory } from '../runtime/identity.ts';

export const handler = httpFunction('search-users', async ({ query }) => ({
  body: { users: [...(await searchUsers({ profiles: profiles(), userDirectory: userDirectory() }, query))] },
}));
