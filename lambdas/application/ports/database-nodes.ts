/**
 * Nodes of a database, by their addresses. What a node does or lacks is an answer and not an error; both
 * throw only when the secrets cannot be read that it takes to ask.
 */
export interface DatabaseNodes {
  /**
   * Those of the nodes that prove to be themselves and take clients, which each does only once it is in the ring; all are asked at
   * once. Nobody logs in.
   */
  answering(addresses: readonly string[]): Promise<readonly string[]>;
  /**
   * Whether each of these lets the functions in, knows of `count` nodes that are up, itself among them, and gets their answers.
   * Needs the role and the tables of the functions.
   */
  reachOthers(addresses: readonly string[], count: number): Promise<boolean>;
}
