import type { Token } from './token-reader.ts';

/** A value as it is written: one marker or literal, a function's call, or a list of them. */
export interface Term {
  readonly tokens: readonly Token[];
}

export interface Relation {
  /** For a comparison of tokens: the columns of the token, with commas between. */
  readonly column: string;
  readonly operator: string;
  /** For IN: the listed values, or undefined where the list is bound as a whole. */
  readonly values: readonly Term[] | undefined;
}

/** A column, `*`, or a function's call in a SELECT. */
export interface Selector {
  readonly name: string;
  readonly call: boolean;
  readonly columns: readonly string[];
}

export interface Using {
  readonly timestamp?: Term;
  readonly ttl?: Term;
}

export interface Select {
  readonly kind: 'select';
  readonly table: string;
  readonly selectors: readonly Selector[];
  readonly where: readonly Relation[];
  readonly orderBy: readonly { readonly column: string; readonly direction: 'ASC' | 'DESC' }[];
  /** Clauses of Cassandra's SELECT that are not part of Keyspaces' one, as written. */
  readonly foreignClauses: readonly string[];
  readonly limited: boolean;
  readonly allowFiltering: boolean;
}

interface Write {
  readonly table: string;
  readonly using: Using;
  readonly conditional: boolean;
}

export interface Insert extends Write {
  readonly kind: 'insert';
  readonly columns: readonly string[];
  readonly values: readonly Term[];
}

export interface Update extends Write {
  readonly kind: 'update';
  readonly assignments: readonly { readonly column: string; readonly value: Term }[];
  readonly where: readonly Relation[];
}

export interface Delete extends Write {
  readonly kind: 'delete';
  readonly columns: readonly string[];
  readonly where: readonly Relation[];
}

export interface Batch {
  readonly kind: 'batch';
  readonly type: 'logged' | 'unlogged' | 'counter';
  readonly using: Using;
  readonly statements: readonly Statement[];
}

export interface CreateTable {
  readonly kind: 'create table';
  readonly table: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly partitionKey: readonly string[];
  readonly clustering: readonly string[];
  readonly clusteringOrder: readonly { readonly column: string; readonly direction: 'ASC' | 'DESC' }[];
  readonly options: Readonly<Record<string, string>>;
}

export interface AlterTable {
  readonly kind: 'alter table';
  readonly table: string;
  /** Its first word: add, drop, rename, alter, with. */
  readonly instruction: string;
  readonly added: readonly { readonly name: string; readonly type: string }[];
}

export interface CreateKeyspace {
  readonly kind: 'create keyspace';
  readonly replicationClass: string | undefined;
}

/** A statement whose first words alone decide. */
export interface Other {
  readonly kind: 'other';
  readonly words: string;
}

export type Statement =
  | Select
  | Insert
  | Update
  | Delete
  | Batch
  | CreateTable
  | AlterTable
  | CreateKeyspace
  | Other;
