import { setUpSchemaAndTopics } from '../runtime/set-up.ts';

/** Brings topics and tables to what is declared, and makes the channel `general`. Safe to run again. */
export async function handler(): Promise<{ readonly done: true }> {
  await setUpSchemaAndTopics();
  return { done: true };
}
