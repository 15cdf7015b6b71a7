import { ensureGeneral } from '../application/conversations/ensure-general.ts';
import { claims } from '../runtime/claims.ts';
import { channels } from '../runtime/conversations.ts';
import { setUpSchemaAndTopics } from '../runtime/set-up.ts';

/** Brings topics and tables to what is declared, and makes the channel `general`. Safe to run again. */
export async function handler(): Promise<{ readonly done: true }> {
  await setUpSchemaAndTopics();
  await ensureGeneral({ channels: channels(), claims: claims() });
  return { done: true };
}
