import type { OwnProfile, SignInBody, SignUpBody } from '../../../core/contract/users.ts';
import type { Call } from '../lib/api/route-types.ts';
import type { Gap } from '../lib/timeline/known-ranges.ts';

/** Who is signed in, over all tabs of this browser. */
export interface SessionService {
  signUp(body: SignUpBody): Promise<OwnProfile>;
  signIn(body: SignInBody): Promise<OwnProfile>;
  /** Ends the session here and in every tab, wiping from this browser what was kept of the user. Never fails. */
  signOut(wiped: 'cached' | 'everything'): Promise<void>;
  /** Takes over a profile that the server gave for the present user. */
  profileChanged(profile: OwnProfile): void;
}

export interface OutboxService {
  /** Shows the message at once and keeps it until it is seen; resolves when it is safe on disk. */
  send(conversationId: string, content: string): Promise<void>;
  /** Tries a waiting message now, or a failed one again. */
  retry(nonce: string): Promise<void>;
  /** Lets go of a failed message. */
  discard(nonce: string): Promise<void>;
}

/** Reads of history. They never reject: what went wrong is in the state, and is tried again. */
export interface HistoryService {
  open(conversationId: string): void;
  close(conversationId: string): void;
  newest(conversationId: string): Promise<void>;
  older(conversationId: string): Promise<void>;
  fillGap(conversationId: string, gap: Gap, towards: 'newer' | 'older'): Promise<void>;
}

export interface ConversationListService {
  /** Never rejects. */
  refresh(): Promise<void>;
  /** Reads it in a moment, once for everything that asks for it until then. */
  refreshSoon(): void;
  /** Resolves when there is a list, or when it is clear that there is none for now. */
  settled(): Promise<void>;
}

export interface PeopleService {
  /** Learns the profiles that are not known yet, in batches. */
  ensure(userIds: readonly string[]): void;
}

export interface ReadMarkerService {
  /** Moves the marker forward, here at once and on the server soon. */
  move(conversationId: string, messageId: string): void;
}

/** What runs while a user is signed in. */
export interface UserServices {
  readonly list: ConversationListService;
  readonly outbox: OutboxService;
  readonly history: HistoryService;
  readonly people: PeopleService;
  readonly readMarkers: ReadMarkerService;
}

/** What thunks have besides the state. */
export interface Services {
  /** Refreshes the session where an answer asks for it, and tries once more. */
  readonly call: Call;
  readonly session: SessionService;
  /** null while nobody is signed in. */
  readonly user: () => UserServices | null;
  readonly askForNotifications: () => Promise<void>;
}
