import type { DeadLetters } from '../ports/dead-letters.ts';
import type { LogRecord } from '../ports/log-record.ts';
import type { MessageStore } from '../ports/message-store.ts';
import { StoreRefusalError, StoreUnavailableError } from '../ports/store-errors.ts';

/** How often a single record is tried that the database refuses. */
const TRIES = 3;

/**
 * Writes what records of one bucket say, at most BATCH_MAX_STATEMENTS of them. A refusal is narrowed down to the records it
 * is about; these are set aside, and count as done once that is confirmed. Returns those.
 *
 * @throws {StoreUnavailableError} if the database is away, or refuses everything: then no record is to blame
 */
export async function writeOrSetAside<T extends { readonly source: LogRecord }>(
  ports: { store: MessageStore; deadLetters: DeadLetters },
  logged: readonly T[],
  write: (some: readonly T[]) => Promise<void>,
): Promise<ReadonlySet<T>> {
  const refused = new Set<T>();
  if ((await refusalOf(() => write(logged))) === undefined) return refused;
  for (const one of logged) {
    let refusal: StoreRefusalError | undefined;
    for (let tries = 0; tries < TRIES; tries += 1) {
      refusal = await refusalOf(() => write([one]));
      if (refusal === undefined) break;
    }
    if (refusal === undefined) continue;
    if (!(await ports.store.acceptsWrites())) throw new StoreUnavailableError('cassandra', refusal);
    await ports.deadLetters.setAside(one.source, 'refused');
    refused.add(one);
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
