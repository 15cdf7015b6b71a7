import { setTimeout as pause } from 'node:timers/promises';
import { KEYSPACES_TTL_SECONDS } from '../../../core/contract/cassandra-tables.ts';
import {
  CLAIM_SECONDS,
  type Claim,
  type ClaimHolder,
  type ClaimKind,
  type Claims,
} from '../../application/ports/claims.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';
import type { Cassandra, CqlValue, Row } from './cassandra.ts';

const TABLES: Readonly<Record<ClaimKind, { readonly table: string; readonly key: string }>> = {
  'user-id': { table: 'user_id_claims', key: 'user_id' },
  email: { table: 'email_claims', key: 'email_id' },
  'channel-name': { table: 'channel_name_claims', key: 'channel_name' },
};

/** A lightweight transaction that timed out, or lost to others at the same name, is asked again: so often, and so long. */
const TRIES = 5;
const PATIENCE_MS = 5_000;
/** Before the second try; each later pause is twice as long. */
const FIRST_PAUSE_MS = 50;

/** What claims need of Cassandra. */
type ConditionalStore = Pick<Cassandra, 'dialect' | 'execute' | 'executeIf'>;

/**
 * Claims in Cassandra or Keyspaces.
 *
 * @param claimSeconds how long an unconfirmed claim lasts
 */
export class CassandraClaims implements Claims {
  readonly #cassandra: ConditionalStore;
  readonly #claimSeconds: number;
  readonly #lastingTtl: number;

  constructor(cassandra: ConditionalStore, claimSeconds = CLAIM_SECONDS) {
    this.#cassandra = cassandra;
    this.#claimSeconds = claimSeconds;
    // Cassandra takes 0 for "never"; its expiry dates end in 2038 unless its storage mode is a new one, so the longest
    // TTL would be refused there. Keyspaces takes the longest TTL.
    this.#lastingTtl = cassandra.dialect === 'keyspaces' ? KEYSPACES_TTL_SECONDS : 0;
  }

  async claim(claim: Claim): Promise<ClaimHolder | undefined> {
    const { table, key } = TABLES[claim.kind];
    const { applied, row } = await this.#untilKnown(
      `INSERT INTO ${table} (${key}, owner, attempt_id, confirmed) VALUES (?, ?, ?, false) IF NOT EXISTS USING TTL ?`,
      [claim.name, claim.owner, claim.attemptId, this.#claimSeconds],
    );
    if (applied) return undefined;
    const holder = row && holderIn(row);
    if (!holder) throw new StoreUnavailableError('cassandra', 'a refused claim came without its holder');
    return otherThan(claim, holder);
  }

  async takeOver(claim: Claim, from: ClaimHolder): Promise<ClaimHolder | undefined> {
    const { table, key } = TABLES[claim.kind];
    const { applied, row } = await this.#untilKnown(
      `UPDATE ${table} USING TTL ? SET owner = ?, attempt_id = ?, confirmed = false WHERE ${key} = ? IF attempt_id = ?`,
      [this.#claimSeconds, claim.owner, claim.attemptId, claim.name, from.attemptId],
    );
    if (applied) return undefined;
    const holder = row && holderIn(row);
    // No column, no row: the name became free in between.
    return holder ? otherThan(claim, holder) : this.claim(claim);
  }

  async confirm({ kind, name, owner, attemptId }: Claim): Promise<boolean> {
    const { table, key } = TABLES[kind];
    const { applied } = await this.#untilKnown(
      `UPDATE ${table} USING TTL ? SET owner = ?, attempt_id = ?, confirmed = true WHERE ${key} = ? IF attempt_id = ?`,
      [this.#lastingTtl, owner, attemptId, name, attemptId],
    );
    return applied;
  }

  async release({ kind, name, attemptId }: Claim): Promise<void> {
    const { table, key } = TABLES[kind];
    await this.#untilKnown(`DELETE FROM ${table} WHERE ${key} = ? IF attempt_id = ?`, [name, attemptId]);
  }

  async holderOf(kind: ClaimKind, name: string): Promise<ClaimHolder | undefined> {
    const { table, key } = TABLES[kind];
    const [row] = await this.#cassandra.execute(
      `SELECT owner, attempt_id, confirmed FROM ${table} WHERE ${key} = ?`,
      [name],
    );
    return row && holderIn(row);
  }

  /** Asking the same transaction again both finishes one that got stuck and reads how it ended. */
  async #untilKnown(
    cql: string,
    values: readonly CqlValue[],
  ): Promise<{ applied: boolean; row: Row | undefined }> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#cassandra.executeIf(cql, values);
      } catch (error) {
        const isLast = attempt === TRIES || performance.now() > giveUpAt;
        if (isLast || !(error instanceof StoreUnavailableError)) throw error;
        await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
      }
    }
  }
}

/** The attempt itself stands there: an earlier try got through, and its answer was lost. */
function otherThan(claim: Claim, holder: ClaimHolder): ClaimHolder | undefined {
  return holder.attemptId === claim.attemptId ? undefined : holder;
}

function holderIn(row: Row): ClaimHolder | undefined {
  const { owner, attempt_id: attemptId, confirmed } = row;
  if (typeof owner !== 'string' || typeof attemptId !== 'string') return undefined;
  return { owner, attemptId, confirmed: confirmed === true };
}
