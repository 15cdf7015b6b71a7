import { GENERAL_CHANNEL_ID } from '../../../core/contract/ids.ts';
import type { StoreProbe } from '../../application/ports/store-probe.ts';
import type { Cassandra } from './cassandra.ts';

const PATIENCE_MS = 1_000;

/** Cassandra is up while a quorum answers for one of our own rows. */
export class CassandraProbe implements StoreProbe {
  readonly #cassandra: Cassandra;

  constructor(cassandra: Cassandra) {
    this.#cassandra = cassandra;
  }

  async isUp(): Promise<boolean> {
    try {
      await this.#cassandra.execute(
        'SELECT channel_id FROM channels_by_id WHERE channel_id = ?',
        [GENERAL_CHANNEL_ID],
        { timeoutMs: PATIENCE_MS },
      );
      return true;
    } catch {
      return false;
    }
  }
}
