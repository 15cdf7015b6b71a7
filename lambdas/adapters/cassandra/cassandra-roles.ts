import { auth, errors, types } from 'cassandra-driver';
import type { Credentials } from '../../application/ports/credentials.ts';
import type { DatabaseRoles } from '../../application/ports/database-roles.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';
import { Cassandra, type CassandraOptions } from './cassandra.ts';
import { changePasswordCql, createRoleCql, dropRoleCql, grantRowsCql } from './role-cql.ts';
import { setUpSchema } from './set-up-schema.ts';

/** Every node knows all others that have joined; itself it has in a table of its own. */
const PEERS = 'SELECT peer FROM system.peers_v2';
const SELF = 'SELECT key FROM system.local';

/** The roles of a Cassandra cluster, each statement on a connection of its own: it is rare, and each as somebody else. */
export class CassandraRoles implements DatabaseRoles {
  readonly #options: CassandraOptions;
  readonly #keyspace: { readonly name: string; readonly replicationFactor: number };

  /** @param options whose `security` gives TLS only; who logs in is said by each call */
  constructor(options: CassandraOptions, keyspace: { name: string; replicationFactor: number }) {
    this.#options = options;
    this.#keyspace = keyspace;
  }

  async accepts(credentials: Credentials): Promise<boolean> {
    try {
      await this.#as(credentials, (cassandra) => cassandra.execute(SELF));
      return true;
    } catch (error) {
      if (isRefusedLogin(error)) return false;
      throw error;
    }
  }

  countNodes(as: Credentials): Promise<number> {
    return this.#as(as, async (cassandra) => (await cassandra.execute(PEERS)).length + 1);
  }

  async putSuperuser(as: Credentials, credentials: Credentials): Promise<void> {
    await this.#putRole(as, credentials, 'superuser');
  }

  async putApplicationRole(as: Credentials, credentials: Credentials): Promise<void> {
    await this.#putRole(as, credentials, 'application');
    await this.#run(as, grantRowsCql(this.#keyspace.name, credentials.username));
  }

  async ensureTables(as: Credentials): Promise<void> {
    const { name: keyspace, replicationFactor } = this.#keyspace;
    await setUpSchema(this.#optionsFor(as), { keyspace, replicationFactor });
  }

  async drop(as: Credentials, username: string): Promise<void> {
    await this.#run(as, [dropRoleCql(username)]);
  }

  async #putRole(
    as: Credentials,
    { username, password }: Credentials,
    kind: 'superuser' | 'application',
  ): Promise<void> {
    await this.#run(as, [createRoleCql(username, password, kind)]);
    // A password that is changed must be 5 s old at least, which one that was just made is not.
    if (await this.accepts({ username, password })) return;
    await this.#run(as, [changePasswordCql(username, password)]);
  }

  /** The driver's errors carry the statement, and with it a password; those of this do not. */
  async #run(as: Credentials, statements: readonly string[]): Promise<void> {
    await this.#as(as, async (cassandra) => {
      for (const statement of statements) {
        try {
          await cassandra.alterSchema(statement);
        } catch (error) {
          throw withoutStatement(error);
        }
      }
    });
  }

  #optionsFor({ username, password }: Credentials): CassandraOptions {
    return {
      ...this.#options,
      security: async () => ({
        ...(await this.#options.security?.()),
        authProvider: new auth.PlainTextAuthProvider(username, password),
      }),
    };
  }

  async #as<T>(credentials: Credentials, work: (cassandra: Cassandra) => Promise<T>): Promise<T> {
    const cassandra = new Cassandra(this.#optionsFor(credentials));
    try {
      return await work(cassandra);
    } finally {
      await cassandra.close();
    }
  }
}

/** The text of a syntax error quotes the statement, so only its code is kept. */
function withoutStatement(error: unknown): StoreUnavailableError {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof errors.ResponseError) {
    const isSyntax = cause.code === types.responseErrorCodes.syntaxError;
    return new StoreUnavailableError('cassandra', new Error(isSyntax ? 'syntax error' : cause.message));
  }
  return new StoreUnavailableError('cassandra', new Error('the nodes did not answer'));
}

/** Nodes that cannot ask enough others answer in the same way; whoever waits for a role therefore asks again. */
function isRefusedLogin(error: unknown): boolean {
  if (!(error instanceof StoreUnavailableError)) return false;
  const { cause } = error;
  if (cause instanceof errors.AuthenticationError) return true;
  return (
    cause instanceof errors.NoHostAvailableError &&
    Object.values(cause.innerErrors).some((inner) => inner instanceof errors.AuthenticationError)
  );
}
