/** What a role of the database logs in with; a secret's text is this as JSON. */
export interface DatabaseCredentials {
  readonly username: string;
  readonly password: string;
}

/** The roles of a database that asks for passwords. Every method throws StoreUnavailableError while the nodes are away. */
export interface DatabaseRoles {
  /** Whether the nodes let this role in with this password. */
  accepts(credentials: DatabaseCredentials): Promise<boolean>;
  /** How many nodes have joined so far, as one of them knows it. */
  countNodes(as: DatabaseCredentials): Promise<number>;
  /** Makes a superuser, or gives the one there is this password. */
  putSuperuser(as: DatabaseCredentials, credentials: DatabaseCredentials): Promise<void>;
  /** Makes a role that may read and write the keyspace's rows and nothing else, or gives it this password. */
  putApplicationRole(as: DatabaseCredentials, credentials: DatabaseCredentials): Promise<void>;
  /** Makes the keyspace that application roles work in, and brings its tables to what is declared. */
  ensureTables(as: DatabaseCredentials): Promise<void>;
  /** Does nothing where there is no such role. */
  drop(as: DatabaseCredentials, username: string): Promise<void>;
}
