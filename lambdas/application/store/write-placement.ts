import type { ConversationId } from '../../../core/contract/ids.ts';
import type { LoggedMessage } from '../consumers/decode-message.ts';
import type { DeadLetters } from '../ports/dead-letters.ts';
import type { MessageStore } from '../ports/message-store.ts';
import { StoreRefusalError, StoreUnavailableError } from '../ports/store-errors.ts';

/** How often a single message is tried that the database refuses. */
const TRIES = 3;

/**
 * Writes messages of one bucket. A refusal is narrowed down to the messages it is about; these are set aside, and count
 * as done once that is confirmed. Returns those.
 *
 * @throws {StoreUnavailableError} if the database is away, or refuses everything: then no message is to blame
 */
export async function writePlacement(
  ports: { store: MessageStore; deadLetters: DeadLetters },
  conversationId: ConversationId,
  bucketNumber: number,
  messages: readonly LoggedMessage[],
): Promise<readonly LoggedMessage[]> {
  const write = (some: readonly LoggedMessage[]) =>
    ports.store.writeMessages(
      conversationId,
      bucketNumber,
      some.map(({ message }) => message),
    );
  if ((await refusalOf(() => write(messages))) === undefined) return [];
  const refused: LoggedMessage[] = [];
  for (const message of messages) {
    let refusal: StoreRefusalError | undefined;
    for (let tries = 0; tries < TRIES; tries += 1) {
      refusal = await refusalOf(() => write([message]));
      if (refusal === undefined) break;
    }
    if (refusal === undefined) continue;
    if (!(await ports.store.acceptsWrites())) throw new StoreUnavailableError('cassandra', refusal);
    await ports.deadLetters.setAside(message.source, 'refused');
    refused.push(message);
  }
  return refused;
}

async function refusalOf(write: () => Promise<void>): Promise<StoreRefusalError | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    if (error instanceof StoreRefusalError) return error;
    throw error;
  }
}
