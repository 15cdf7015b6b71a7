import { wipeDrafts } from '../../lib/storage/drafts.ts';
import type { LocalValues } from '../../lib/storage/local-values.ts';
import { openUserDatabase } from '../../lib/storage/user-database.ts';

/** Removes everything that this browser kept of a user. Never rejects. */
export async function wipeUser(values: LocalValues, userId: string): Promise<void> {
  wipeDrafts(values, userId);
  const database = await openUserDatabase(userId);
  await database.clear().catch(() => undefined);
  database.close();
}
