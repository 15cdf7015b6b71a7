import { setTimeout as pause } from 'node:timers/promises';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { TOPICS } from '../../../core/contract/topics.ts';
import type { LogProgress } from '../../application/ports/log-progress.ts';
import { queryAll } from './query-all.ts';

/** `deliver` notes a partition at most so often: it takes part in every message's way, and the figure is for people. */
const APPENDED_NOTE_INTERVAL_MS = 2_000;
/** `store` can wait a little for its note to be taken: messages are stored already. */
const STORED_NOTE_TRIES = 3;
const STORED_NOTE_PAUSE_MS = 250;
/** What was seen longer ago than this and is not kept yet makes the store late. */
const PATIENCE_MS = 4_000;
/** An answer is good for so long. */
const ANSWER_LIFETIME_MS = 1_000;

interface Appended {
  /** As text: offsets go beyond what a double holds. */
  readonly offset: string;
  readonly at: number;
  /** The note before this one. */
  readonly earlierOffset?: string;
}

const LOG = TOPICS.messages.name;

interface Note {
  readonly partition: number;
  readonly side: 'appended' | 'stored';
  readonly offset: bigint;
}

/**
 * Progress of the topic `messages` as two items a partition, all under one key so that they are one query: what deliver saw last
 * and before that, and what store has kept.
 */
export class DynamoLogProgress implements LogProgress {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #now: () => number;
  readonly #noted = new Map<number, Appended>();
  readonly #unsent = new Map<string, Note>();
  #again: NodeJS.Timeout | undefined;
  #answer: { readonly at: number; readonly behind: Promise<boolean> } | undefined;

  constructor(client: DynamoDBDocumentClient, table: string, now: () => number = Date.now) {
    this.#client = client;
    this.#table = table;
    this.#now = now;
  }

  async note(side: 'appended' | 'stored', partition: number, offset: bigint): Promise<void> {
    const key = `${side} ${partition}`;
    const note: Note = { partition, side, offset };
    this.#unsent.set(key, note);
    await this.#sendDue();
    // A timer does not run in a frozen instance, and people would be told for hours that history is catching up.
    for (let tries = 1; side === 'stored' && tries < STORED_NOTE_TRIES; tries += 1) {
      if (this.#unsent.get(key) !== note) return;
      await pause(STORED_NOTE_PAUSE_MS);
      await this.#sendDue();
    }
  }

  isStoreBehind(): Promise<boolean> {
    const at = this.#now();
    if (this.#answer === undefined || at - this.#answer.at >= ANSWER_LIFETIME_MS) {
      this.#answer = { at, behind: this.#ask() };
    }
    return this.#answer.behind;
  }

  /**
   * Sends what is due. What is not yet, or can't be sent now, is tried again in a moment or with the next note: the last
   * note of a partition counts, as nothing may come after it for hours.
   */
  async #sendDue(): Promise<void> {
    const sent = [...this.#unsent].map(async ([key, note]) => {
      if (
        note.side === 'appended' &&
        this.#now() - (this.#noted.get(note.partition)?.at ?? 0) < APPENDED_NOTE_INTERVAL_MS
      )
        return;
      const item = note.side === 'stored' ? { offset: String(note.offset) } : this.#appended(note);
      try {
        const Item = { log: LOG, mark: markOf(note), ...item };
        await this.#client.send(new PutCommand({ TableName: this.#table, Item }));
        if (this.#unsent.get(key) === note) this.#unsent.delete(key);
      } catch {
        // It stays among the unsent.
      }
    });
    await Promise.all(sent);
    if (this.#unsent.size === 0 || this.#again !== undefined) return;
    this.#again = setTimeout(() => {
      this.#again = undefined;
      void this.#sendDue();
    }, APPENDED_NOTE_INTERVAL_MS);
    this.#again.unref();
  }

  #appended({ partition, offset }: Note): Appended {
    const last = this.#noted.get(partition);
    const noted = {
      offset: String(offset),
      at: this.#now(),
      ...(last === undefined ? {} : { earlierOffset: last.offset }),
    };
    this.#noted.set(partition, noted);
    return noted;
  }

  async #ask(): Promise<boolean> {
    try {
      const items = await queryAll(this.#client, this.#table, { attribute: 'log', value: LOG });
      const offsets = new Map(items.map(({ mark, offset }) => [mark, BigInt(String(offset))]));
      return items.some((item) => {
        const { partition, side } = placeOf(String(item.mark));
        if (side !== 'appended') return false;
        const kept = offsets.get(markOf({ partition, side: 'stored' })) ?? -1n;
        // Seen at least one interval ago, whatever came since …
        if (item.earlierOffset !== undefined && BigInt(String(item.earlierOffset)) > kept) return true;
        // … or the last that came, when nothing came since.
        return BigInt(String(item.offset)) > kept && this.#now() - Number(item.at) > PATIENCE_MS;
      });
    } catch {
      return false;
    }
  }
}

/** Sort key: "7 stored". */
function markOf({ partition, side }: Pick<Note, 'partition' | 'side'>): string {
  return `${partition} ${side}`;
}

function placeOf(mark: string): { partition: number; side: string } {
  const [partition, side = ''] = mark.split(' ');
  return { partition: Number(partition), side };
}
