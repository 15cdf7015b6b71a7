import { Client, type ClientOptions, errors, policies, types } from 'cassandra-driver';
import { BATCH_MAX_STATEMENTS } from '../../../core/contract/limits.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';
import { storeErrorOf } from './cassandra-errors.ts';

export type Row = types.Row;
/** `undefined` leaves a column as it is (unset); null, which would be a tombstone, is not among them. */
export type CqlValue = string | number | bigint | boolean | Date | readonly string[] | undefined;

/** A statement with its values, in the order of its question marks. */
export interface Statement {
  readonly cql: string;
  readonly values: readonly CqlValue[];
}

export interface CassandraOptions {
  readonly contactPoints: readonly string[];
  readonly port: number;
  readonly localDataCenter: string;
  /** Absent only while the keyspace itself is being made. */
  readonly keyspace?: string;
  readonly dialect: 'cassandra' | 'keyspaces';
  /** How to prove who one is, and whom to believe. Asked at every connection, so that what was rotated is read again. */
  readonly security?: () => Promise<ConnectionSecurity>;
}

export type ConnectionSecurity = Pick<ClientOptions, 'authProvider' | 'sslOptions'>;

/** How long a statement may take, all retries included; the pools of the driver know their own. */
const STATEMENT_TIMEOUT_MS = 2_500;
const SCHEMA_TIMEOUT_MS = 60_000;
/** A node that has not answered for so long is asked again elsewhere: reads and writes here are all idempotent. */
const SPECULATION_DELAY_MS = 250;
/** After a failed connection nobody tries again for so long, and everybody fails at once instead. */
const RECONNECT_PAUSE_MS = 1_000;

/**
 * Cassandra or Amazon Keyspaces, whichever the settings name: LOCAL_QUORUM throughout, prepared statements, one pool per
 * function instance. Connects at the first statement, and again after an outage.
 */
export class Cassandra {
  readonly dialect: 'cassandra' | 'keyspaces';
  readonly #options: CassandraOptions;
  #client: Promise<Client> | undefined;
  #failedAt = Number.NEGATIVE_INFINITY;

  constructor(options: CassandraOptions) {
    this.#options = options;
    this.dialect = options.dialect;
  }

  /**
   * Runs one statement.
   *
   * @throws {StoreUnavailableError} if it was not answered in time (it may have been carried out)
   * @throws {StoreRefusalError} if it can never be carried out
   */
  async execute(
    cql: string,
    values: readonly CqlValue[] = [],
    options: { timeoutMs?: number } = {},
  ): Promise<Row[]> {
    const result = await this.#within(options.timeoutMs, (client) =>
      client.execute(cql, [...values], { prepare: true }),
    );
    return result.rows;
  }

  /**
   * Runs a conditional statement (LWT) and says whether it was applied; if not, `row` holds what stands there.
   * The outcome of one that throws is unknown.
   */
  async executeIf(
    cql: string,
    values: readonly CqlValue[],
  ): Promise<{ applied: boolean; row: Row | undefined }> {
    const result = await this.#within(undefined, (client) =>
      client.execute(cql, [...values], { prepare: true, isIdempotent: false }),
    );
    return { applied: result.wasApplied(), row: result.first() ?? undefined };
  }

  /** Writes to one partition together: an unlogged batch, at most BATCH_MAX_STATEMENTS. */
  async executeBatch(statements: readonly Statement[], options: { timeoutMs?: number } = {}): Promise<void> {
    if (statements.length > BATCH_MAX_STATEMENTS) {
      throw new RangeError(`A batch has at most ${BATCH_MAX_STATEMENTS} statements.`);
    }
    const queries = statements.map(({ cql, values }) => ({ query: cql, params: [...values] }));
    await this.#within(options.timeoutMs, (client) =>
      client.batch(queries, { prepare: true, logged: false }),
    );
  }

  /** Changes the schema: it takes longer, all nodes must agree afterwards, and no second node is asked meanwhile. */
  async alterSchema(cql: string): Promise<void> {
    const options = { prepare: false, isIdempotent: false, readTimeout: SCHEMA_TIMEOUT_MS };
    await this.#within(SCHEMA_TIMEOUT_MS, (client) => client.execute(cql, [], options));
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    await client?.shutdown();
  }

  async #within<T>(timeoutMs = STATEMENT_TIMEOUT_MS, work: (client: Client) => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new StoreUnavailableError('cassandra', 'timeout')), timeoutMs);
    });
    try {
      return await Promise.race([this.#attempt(work), timeout]);
    } catch (error) {
      throw storeErrorOf(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * A client that has lost every node reconnects by timers, which do not run while Lambda has the instance frozen: it would
   * refuse invocation after invocation long after the outage. So a new one takes its place, within the statement's own time.
   */
  async #attempt<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const connected = this.#connected();
    const client = await connected;
    try {
      return await work(client);
    } catch (error) {
      const isCutOff =
        error instanceof errors.NoHostAvailableError && client.getState().getConnectedHosts().length === 0;
      if (!isCutOff) throw error;
      if (this.#client === connected) {
        this.#client = undefined;
        void client.shutdown().catch(() => undefined);
      }
      // Nothing was sent: no node was there to send it to.
      return work(await this.#connected());
    }
  }

  #connected(): Promise<Client> {
    if (this.#client) return this.#client;
    if (performance.now() - this.#failedAt < RECONNECT_PAUSE_MS) {
      const cause = 'the last connection failed a moment ago';
      return Promise.reject(new StoreUnavailableError('cassandra', cause));
    }
    this.#client = this.#connect();
    return this.#client;
  }

  async #connect(): Promise<Client> {
    let client: Client | undefined;
    try {
      client = new Client({ ...clientOptionsOf(this.#options), ...(await this.#options.security?.()) });
      await client.connect();
      return client;
    } catch (error) {
      this.#failedAt = performance.now();
      this.#client = undefined;
      await client?.shutdown().catch(() => undefined);
      throw error;
    }
  }
}

function clientOptionsOf(options: CassandraOptions): ClientOptions {
  return {
    contactPoints: [...options.contactPoints],
    localDataCenter: options.localDataCenter,
    protocolOptions: { port: options.port },
    ...(options.keyspace === undefined ? {} : { keyspace: options.keyspace }),
    queryOptions: {
      consistency: types.consistencies.localQuorum,
      serialConsistency: types.consistencies.localSerial,
      isIdempotent: true,
    },
    encoding: { useBigIntAsLong: true, useUndefinedAsUnset: true },
    socketOptions: { connectTimeout: 2_000, readTimeout: 2_000 },
    policies: {
      // Constant: after an outage of hours the driver's own exponential policy would wait up to ten minutes.
      reconnection: new policies.reconnection.ConstantReconnectionPolicy(RECONNECT_PAUSE_MS),
      speculativeExecution: new policies.speculativeExecution.ConstantSpeculativeExecutionPolicy(
        SPECULATION_DELAY_MS,
        1,
      ),
    },
  };
}
