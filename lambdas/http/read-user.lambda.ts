import { readUser } from '../application/identity/read-user.ts';
import { httpFunction } from '../middleware/http-function.ts';
import { profiles } from '../runtime/identity.ts';

export const handler = httpFunction('read-user', async ({ params }) => ({
  body: await readUser(profiles(), params.userId),
}));
