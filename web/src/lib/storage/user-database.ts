import { type DBSchema, type IDBPDatabase, openDB, type StoreNames } from 'idb';
import type { OutboxEntry } from '../timeline/outbox-entry.ts';
import type { Timeline } from '../timeline/timeline.ts';
import { memoryStore, type ObjectStore } from './object-store.ts';

/** The newest part of a conversation, and when it was last written (ms since the epoch). */
export interface CachedTimeline {
  readonly conversationId: string;
  readonly timeline: Timeline;
  readonly savedAt: number;
}

/** What this browser keeps of one user; wiped when that user signs out, but for what they want to keep and send later. */
export interface UserDatabase {
  readonly outbox: ObjectStore<OutboxEntry>;
  readonly timelines: ObjectStore<CachedTimeline>;
  /** Parts of the page's state as they were last, by name. */
  readonly snapshots: ObjectStore<unknown>;
  close(): void;
}

interface Schema extends DBSchema {
  outbox: { key: string; value: OutboxEntry };
  timelines: { key: string; value: CachedTimeline };
  snapshots: { key: string; value: unknown };
}

const VERSION = 1;

/** Opens the user's own database, or one in memory where the browser keeps none. */
export async function openUserDatabase(userId: string): Promise<UserDatabase> {
  let database: IDBPDatabase<Schema>;
  try {
    database = await openDB<Schema>(`ping-me.${userId}`, VERSION, {
      upgrade(fresh) {
        fresh.createObjectStore('outbox');
        fresh.createObjectStore('timelines');
        fresh.createObjectStore('snapshots');
      },
      // A tab with a newer version of the page must not wait for this one.
      blocking: () => database.close(),
    });
  } catch {
    return assemble(memoryStore(), memoryStore(), memoryStore(), () => {});
  }
  return assemble(
    storeOf(database, 'outbox'),
    storeOf(database, 'timelines'),
    storeOf(database, 'snapshots'),
    () => database.close(),
  );
}

function storeOf<Name extends StoreNames<Schema>>(
  database: IDBPDatabase<Schema>,
  name: Name,
): ObjectStore<Schema[Name]['value']> {
  return {
    get: (key) => database.get(name, key),
    all: () => database.getAll(name),
    keys: () => database.getAllKeys(name),
    put: async (key, value) => {
      await database.put(name, value, key);
    },
    remove: async (keys) => {
      const transaction = database.transaction(name, 'readwrite');
      await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
    },
    clear: () => database.clear(name),
  };
}

function assemble(
  outbox: ObjectStore<OutboxEntry>,
  timelines: ObjectStore<CachedTimeline>,
  snapshots: ObjectStore<unknown>,
  close: () => void,
): UserDatabase {
  return {
    outbox,
    timelines,
    snapshots,
    close,
  };
}
