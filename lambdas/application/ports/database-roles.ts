import type { Credentials } from './credentials.ts';

/** The roles of a database that asks for passwords. Every method throws StoreUnavailableError while the nodes are away. */
export interface DatabaseRoles {
  /** Whether the nodes let this role in with this password. */
  accepts(credentials: Credentials): Promise<boolean>;
  /** How many nodes have joined so far, as one of them knows it. */
  countNodes(as: Credentials): Promise<number>;
  /** Makes a superuser, or gives the one there is this password. */
  putSuperuser(as: Credentials, credentials: Credentials): Promise<void>;
  /** Makes a role that may read and write the keyspace's rows and nothing else, or gives it this password. */
  putApplicationRole(as: Credentials, credentials: Credentials): Promise<void>;
  /** Makes the keyspace that application roles work in, and brings its tables to what is declared. */
  ensureTables(as: Credentials): Promise<void>;
  /** Does nothing where there is no such role. */
  drop(as: Credentials, username: string): Promise<void>;
}
