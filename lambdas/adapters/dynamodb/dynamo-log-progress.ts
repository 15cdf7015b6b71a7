import { type DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { LogProgress } from '../../application/ports/log-progress.ts';

/** `deliver` notes a partition at most so often: it takes part in every message's way, and the figure is for people. */
const APPENDED_NOTE_INTERVAL_MS = 2_000;
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

/** Progress as two items a partition: what deliver saw last and before that, and what store has kept. */
export class DynamoLogProgress implements LogProgress {
  readonly #client: DynamoDBDocumentClient;
  readonly #table: string;
  readonly #now: () => number;
  readonly #noted = new Map<number, Appended>();
  #answer: { readonly at: number; readonly behind: Promise<boolean> } | undefined;

  constructor(client: DynamoDBDocumentClient, table: string, now: () => number = Date.now) {
    this.#client = client;
    this.#table = table;
    this.#now = now;
  }

  async note(side: 'appended' | 'stored', partition: number, offset: bigint): Promise<void> {
    const at = this.#now();
    const key = { partition: String(partition), side };
    if (side === 'stored') return this.#put({ ...key, offset: String(offset) });
    const last = this.#noted.get(partition);
    if (last !== undefined && at - last.at < APPENDED_NOTE_INTERVAL_MS) return;
    const note: Appended = {
      offset: String(offset),
      at,
      ...(last === undefined ? {} : { earlierOffset: last.offset }),
    };
    this.#noted.set(partition, note);
    await this.#put({ ...key, ...note });
  }

  isStoreBehind(): Promise<boolean> {
    const at = this.#now();
    if (this.#answer === undefined || at - this.#answer.at >= ANSWER_LIFETIME_MS) {
      this.#answer = { at, behind: this.#ask() };
    }
    return this.#answer.behind;
  }

  async #put(item: Record<string, unknown>): Promise<void> {
    // A lost note only makes the answer late: the next one says more.
    await this.#client.send(new PutCommand({ TableName: this.#table, Item: item })).catch(() => undefined);
  }

  async #ask(): Promise<boolean> {
    try {
      // Two small items a partition: one page.
      const { Items = [] } = await this.#client.send(new ScanCommand({ TableName: this.#table }));
      const stored = new Map<string, bigint>();
      for (const item of Items) if (item.side === 'stored') stored.set(item.partition, BigInt(item.offset));
      return Items.some((item) => {
        if (item.side !== 'appended') return false;
        const kept = stored.get(item.partition) ?? -1n;
        // Seen at least one interval ago, whatever came since …
        if (item.earlierOffset !== undefined && BigInt(item.earlierOffset) > kept) return true;
        // … or the last that came, when nothing came since.
        return BigInt(item.offset) > kept && this.#now() - Number(item.at) > PATIENCE_MS;
      });
    } catch {
      return false;
    }
  }
}
