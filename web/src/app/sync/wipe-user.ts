import { wipeDrafts } from '../../lib/storage/drafts.ts';
import type { LocalValues } from '../../lib/storage/local-values.ts';
import { openUserDatabase } from '../../lib/storage/user-database.ts';

/**
 * Removes what this browser kept of a user: `everything`, or what was `cached` of others' words and names, while the
 * user's own drafts and unsent messages stay for the next time. Never rejects.
 */
export async function wipeUser(
  values: LocalValues,
  userId: string,
  wiped: 'cached' | 'everything',
): Promise<void> {
  if (wiped === 'everything') wipeDrafts(values, userId);
  const database = await openUserDatabase(userId);
  const stores = [
    database.timelines,
    database.snapshots,
    ...(wiped === 'everything' ? [database.outbox] : []),
  ];
  await Promise.allSettled(stores.map((store) => store.clear()));
  database.close();
}
