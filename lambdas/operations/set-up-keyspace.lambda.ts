import { setUpTables } from '../runtime/set-up-tables.ts';

/** Brings the tables of a keyspace that an earlier deployment has kept to what is declared. Safe to run again. */
export async function handler(): Promise<{ readonly done: true }> {
  await setUpTables();
  return { done: true };
}
