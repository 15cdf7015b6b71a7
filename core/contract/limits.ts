/**
 * Every limit that a caller can meet, once. Sizes are bytes of UTF-8, lengths are Unicode code points unless said
 * otherwise, durations are named with their unit.
 */

/** A message's content. 4,000 code points, escaped at worst sixfold by JSON, fit one 32 KB socket frame. */
export const CONTENT_MAX_CODE_POINTS = 4_000;

/** A request body; bigger ones are refused with 413 before they are parsed. */
export const BODY_MAX_BYTES = 32 * 1024;

/** API Gateway's limit for one WebSocket frame (AWS: "Amazon API Gateway quotas", WebSocket frame size). */
export const FRAME_MAX_BYTES = 32 * 1024;

/** The client's own key of a message; a UUID fits. */
export const NONCE_MIN_LENGTH = 8;
export const NONCE_MAX_LENGTH = 64;

export const USER_ID_PATTERN = /^[a-z0-9._-]{2,32}$/;
/** Words that mentions and routes give a meaning of their own. */
export const RESERVED_USER_IDS: ReadonlySet<string> = new Set(['me', 'here', 'channel', 'everyone', 'all']);
/** RFC 5321, section 4.5.3.1.3: a path of 256 octets less its two brackets. */
export const EMAIL_MAX_LENGTH = 254;
export const NAME_MAX_LENGTH = 50;
export const AVATAR_URL_MAX_LENGTH = 512;
/** NIST SP 800-63B: at least 8, at least 64 must be allowed, never truncated. */
export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 256;

export const CHANNEL_NAME_PATTERN = /^[a-z0-9._-]{1,80}$/;
export const CHANNEL_TOPIC_MAX_LENGTH = 250;

export const PAGE_MAX = 100;
export const PAGE_DEFAULT = 50;
/**
 * Rows of a side bar. With the longest names and previews they take less than the 6 MB of a function's answer ("Lambda
 * quotas", invocation payload).
 */
export const CONVERSATIONS_MAX = 1_000;
/** How much of its last message a row of the side bar has. */
export const PREVIEW_MAX_CODE_POINTS = 200;
export const SEARCH_QUERY_MAX_LENGTH = 100;
export const SEARCH_RESULTS_MAX = 20;
export const USERS_BY_ID_MAX = 100;
/** Unread messages are counted up to here; the page shows "99+" for it. */
export const UNREAD_COUNT_MAX = 100;

/** D: the producer answers within this, with the outcome or with 503 (`log_unavailable`). */
export const POST_DEADLINE_MS = 4_000;
/** How long the membership question waits for Cassandra before it asks DynamoDB's copy. */
export const MEMBERSHIP_READ_TIMEOUT_MS = 50;
/**
 * How long `deliver` may remember who listens to a conversation. Whoever begins to listen meanwhile reads those messages, told of
 * them by `conversation.stored`; whoever leaves waits so long for the answer, so that nothing is heard after it.
 */
export const LISTENERS_REMEMBERED_MS = 750;
/** How long a function may remember that somebody is a member; so nothing can be posted later than this after leaving. */
export const MEMBERSHIP_REMEMBERED_MS = 5_000;

export const SESSION_TOKEN_LIFETIME_SECONDS = 15 * 60;
export const REFRESH_TOKEN_LIFETIME_SECONDS = 30 * 24 * 60 * 60;
/** A refresh token that was just used still yields its successor for so long (two tabs, a lost response). */
export const REFRESH_GRACE_SECONDS = 60;

/** API Gateway ends an idle WebSocket after 10 minutes, so the client pings well before. */
export const SOCKET_PING_INTERVAL_MS = 4 * 60_000;
/** API Gateway ends every WebSocket after 2 hours, so the client reconnects before, with jitter. */
export const SOCKET_MAX_AGE_MS = 110 * 60_000;
/** A client gives a connection up that has not opened within this. */
export const SOCKET_OPEN_TIMEOUT_MS = 10_000;
/**
 * A client whose connection ended tries again at any moment within the first of these, and after each failure within twice as long,
 * up to the longest: those that lost the same thing come back one by one.
 */
export const SOCKET_RETRY_FIRST_MS = 1_000;
export const SOCKET_RETRY_LONGEST_MS = 30_000;
/** A connection that lasted so long was good: the next failure is a first one again. */
export const SOCKET_STABLE_AFTER_MS = 5_000;
/** Live messages older than this are not pushed one by one when `deliver` catches up. */
export const DELIVER_MAX_AGE_MS = 60_000;

/** Edits that one event names: some 9 KB of a frame. */
export const EDITS_NAMED_MAX = 100;

/** Rows of a bucket before the store function opens the next one: well under 100 MB and 100,000 rows a partition. */
export const BUCKET_MAX_MESSAGES = 10_000;
/** (sender, nonce) pairs that the store function remembers of each conversation. */
export const REMEMBERED_NONCES = 200;
/** Amazon Keyspaces runs unlogged batches of at most 30 statements ("Quotas for Amazon Keyspaces"). */
export const BATCH_MAX_STATEMENTS = 30;
