/**
 * How far everything that stores stands back (the store function, the Cassandra nodes) while the machine is short of
 * processors: acknowledgements and live updates go first, as they do where each part has machines of its own. What waits is safe
 * in the log.
 */
export const STORING_NICENESS = 10;
