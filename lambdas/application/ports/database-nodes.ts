/**
 * Nodes of a database, by their addresses, each asked by itself. What a node does or lacks is an answer and not an error; both
 * throw only when the secrets cannot be read that it takes to ask.
 */
export interface DatabaseNodes {
  /** Whether a node proves to be itself and takes clients, which it does only once it is in the ring. Nobody logs in. */
  answers(address: string): Promise<boolean>;
  /**
   * Whether each of these lets the functions in, knows of `count` nodes that are up, itself among them, and gets their answers.
   * Needs the role and the tables of the functions.
   */
  reachOthers(addresses: readonly string[], count: number): Promise<boolean>;
}
