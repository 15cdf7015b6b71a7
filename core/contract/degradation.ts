import type { ProblemCode } from './problems.ts';
import type { RouteName } from './routes.ts';

/** What can be gone. One row of "what still works when a part is gone" each. */
export const GONE_PARTS = [
  'one-kafka-broker',
  'two-kafka-brokers',
  'all-kafka',
  'one-cassandra-node',
  'all-cassandra',
  'store-function',
  'deliver-function',
  'dynamodb',
] as const;

export type GonePart = (typeof GONE_PARTS)[number];

/** An answer that differs from the usual one. `body` names fields that then have these very values. */
export type DegradedAnswer =
  | { readonly status: 503; readonly code: ProblemCode }
  | { readonly status: 200 | 201; readonly body: Readonly<Record<string, unknown>> };

/** What the page shows while the part is gone. */
export interface DegradedPage {
  /** The slim banner, or none. */
  readonly banner: 'reconnecting' | 'history-catching-up' | null;
  /** The sign of a message sent meanwhile. */
  readonly sentMessage: 'stored' | 'sent' | 'waiting';
  /** Whether others' messages arrive without a reload; `polled`: by reading pages again, every few seconds. */
  readonly live: 'at-once' | 'after-a-pause' | 'polled' | 'none';
}

export interface Degradation {
  /** Routes that are not named here answer as usual. */
  readonly answers: Readonly<Partial<Record<RouteName, DegradedAnswer>>>;
  readonly page: DegradedPage;
  /** What brings things right again once the part is back. */
  readonly afterwards: string;
}

const unavailable = (code: ProblemCode): DegradedAnswer => ({ status: 503, code });

/**
 * Signals are announced as well as can be: with Kafka gone a membership, a read marker, a sign-out or the end of a
 * session whose refresh token came back is done all the same, and pages learn of it when they next read.
 */
const withoutLog: Degradation = {
  answers: {
    'post-message': unavailable('log_unavailable'),
    'read-health': { status: 200, body: { status: 'degraded' } },
  },
  page: { banner: null, sentMessage: 'waiting', live: 'none' },
  afterwards: 'The outboxes send what they kept, once each.',
};

const asUsual = { banner: null, sentMessage: 'stored', live: 'at-once' } as const;

export const DEGRADATIONS: Readonly<Record<GonePart, Degradation>> = {
  'one-kafka-broker': {
    answers: {},
    page: { ...asUsual, live: 'after-a-pause' },
    afterwards: 'The replica catches up.',
  },
  'two-kafka-brokers': withoutLog,
  'all-kafka': withoutLog,
  'one-cassandra-node': {
    answers: {},
    page: asUsual,
    afterwards: 'Hints and repair bring the node up to date.',
  },
  'all-cassandra': {
    answers: {
      'sign-up': unavailable('identity_unavailable'),
      // Users that the cache knows sign in as usual; of the others nobody can say whether they exist.
      'update-own-profile': unavailable('identity_unavailable'),
      'change-own-password': unavailable('identity_unavailable'),
      // `ids` is answered from the identity cache.
      'search-users': unavailable('directory_unavailable'),
      'find-channels': unavailable('directory_unavailable'),
      'create-channel': unavailable('directory_unavailable'),
      'list-members': unavailable('directory_unavailable'),
      'join-channel': unavailable('directory_unavailable'),
      'leave-channel': unavailable('directory_unavailable'),
      'open-direct-message': unavailable('directory_unavailable'),
      'list-conversations': { status: 200, body: { catchingUp: true } },
      'read-history': unavailable('history_unavailable'),
      'move-read-marker': unavailable('history_unavailable'),
      'read-health': { status: 200, body: { status: 'degraded' } },
    },
    page: { banner: 'history-catching-up', sentMessage: 'sent', live: 'at-once' },
    afterwards: 'The store function keeps trying; the backlog is stored in order, nothing is lost.',
  },
  'store-function': {
    answers: {
      'list-conversations': { status: 200, body: { catchingUp: true } },
      'read-history': { status: 200, body: { catchingUp: true } },
    },
    page: { banner: 'history-catching-up', sentMessage: 'sent', live: 'at-once' },
    afterwards: 'The backlog is stored.',
  },
  'deliver-function': {
    answers: {},
    page: { banner: null, sentMessage: 'sent', live: 'none' },
    afterwards: 'Delivery resumes; clients fill the gap from history.',
  },
  dynamodb: {
    answers: {
      'sign-up': { status: 201, body: { refreshable: false } },
      'sign-in': { status: 201, body: { refreshable: false } },
      // The cookies are cleared all the same; what fails is ending the session on the server.
      'sign-out': unavailable('sessions_unavailable'),
      'refresh-session': unavailable('sessions_unavailable'),
      'update-own-profile': unavailable('identity_unavailable'),
      'change-own-password': unavailable('identity_unavailable'),
      'create-channel': unavailable('directory_unavailable'),
      'join-channel': unavailable('directory_unavailable'),
      'leave-channel': unavailable('directory_unavailable'),
      'open-direct-message': unavailable('directory_unavailable'),
      'read-health': { status: 200, body: { status: 'degraded' } },
    },
    page: { banner: 'reconnecting', sentMessage: 'sent', live: 'polled' },
    afterwards: 'Sockets reconnect and the clients fill the gap.',
  },
};
