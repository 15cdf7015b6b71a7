/** Posting asks Cassandra one question, for 50 ms, and then another copy: no node of it may hold up a post. */
export const POSTING_GOES_ON = { waitMs: 3_000, silenceMs: 3_000 };

/** Nobody's connection is cut, so that everything has to be heard live. */
export const LOAD = { people: 4, conversations: 6, postsPerSecond: 40 };
