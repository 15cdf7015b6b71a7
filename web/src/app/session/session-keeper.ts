import type { OwnProfile, SignInBody, SignUpBody } from '../../../../core/contract/users.ts';
import { ApiError, problemCode } from '../../lib/api/api-error.ts';
import type { Call } from '../../lib/api/route-types.ts';
import { type RefreshOutcome, withSession } from '../../lib/api/session-call.ts';
import { Scope } from '../../lib/lifecycle/scope.ts';
import { backoffMs } from '../../lib/retry/backoff.ts';
import type { SharedSession } from '../../lib/storage/shared-session.ts';
import type { TabChannel, Wiped } from '../../lib/tabs/tab-channel.ts';
import type { TabLocks } from '../../lib/tabs/tab-locks.ts';
import type { SessionService } from '../services.ts';
import type { SignedOutReason } from '../state/session-slice.ts';

/** Held exclusively while the cookies change hands, and shared by every request that must go out as one user. */
export const IDENTITY_LOCK = 'ping-me.identity';
const REFRESH_LOCK = 'ping-me.refresh';
/** A session is refreshed when so much of its remaining life has passed; spread, so that tabs and people differ. */
const REFRESH_AT = { from: 0.7, spread: 0.15 };
const RETRY_BACKOFF = { baseMs: 2_000, maxMs: 60_000 };

export interface SessionKeeperOptions {
  /** Knows nothing of sessions. */
  readonly call: Call;
  readonly locks: TabLocks;
  readonly tabs: TabChannel;
  readonly shared: SharedSession;
  /** The server's clock, ms since the epoch. */
  readonly serverNow: () => number;
  readonly random: () => number;
  /** Resolves when everything runs for the user. */
  readonly onSignedIn: (user: OwnProfile) => Promise<void>;
  readonly onUserChanged: (user: OwnProfile) => void;
  readonly onUnreachable: () => void;
  /** Resolves when nothing runs for the user any more. */
  readonly onSignedOut: (reason: SignedOutReason | null) => Promise<void>;
  /** Removes what this browser kept of a user. */
  readonly wipe: (userId: string, wiped: 'cached' | 'everything') => Promise<void>;
}

/**
 * Knows who is signed in, keeps the session alive, and sees to it that all tabs agree. Only a refused refresh, a
 * revocation or a sign-out ends it; a service that can not be reached does not.
 */
export class SessionKeeper implements SessionService {
  /** Refreshes the session where an answer asks for it. */
  readonly call: Call;
  readonly #options: SessionKeeperOptions;
  #user: OwnProfile | null = null;
  #refreshing: Promise<RefreshOutcome> | null = null;
  #timers = new Scope();
  #failures = 0;

  constructor(options: SessionKeeperOptions) {
    this.#options = options;
    this.call = withSession(options.call, {
      token: () => this.#user?.sessionExpiresAt ?? null,
      refresh: (refused) => this.refresh(refused),
    });
    options.tabs.listen((message) => {
      const present = message.userId === this.#user?.userId;
      if (message.type === 'signed-in' && !present) void this.#otherTabSignedIn();
      if (message.type === 'session-refreshed' && this.#user && present) {
        this.#adopt({ ...this.#user, sessionExpiresAt: message.sessionExpiresAt });
      }
      if (message.type === 'signed-out') void this.#otherTabSignedOut(message.userId, message.wiped);
    });
  }

  /** Finds out who is signed in; goes on trying until somebody answers. */
  async start(): Promise<void> {
    const { shared, call } = this.#options;
    if (shared.isSignOutOwed()) {
      await this.#options.locks.run(IDENTITY_LOCK, 'exclusive', () => this.#endOnServer());
      if (shared.isSignOutOwed()) return this.#retryStart();
    }
    const known = shared.read();
    try {
      await this.#arrive(await this.#readOwnProfile(call));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        const outcome = await this.refresh(this.#user?.sessionExpiresAt ?? known?.sessionExpiresAt ?? null);
        if (outcome === 'refreshed') return this.start();
        if (outcome === 'refused') return;
      }
      const remembered = shared.read();
      if (remembered) await this.#arrive(remembered);
      return this.#retryStart();
    }
  }

  async signUp(body: SignUpBody): Promise<OwnProfile> {
    return this.#enter(() => this.#options.call('sign-up', { body }));
  }

  async signIn(body: SignInBody): Promise<OwnProfile> {
    return this.#enter(() => this.#options.call('sign-in', { body }));
  }

  async signOut(wiped: 'cached' | 'everything'): Promise<void> {
    const { shared, tabs, locks } = this.#options;
    const userId = this.#user?.userId;
    if (userId === undefined) return;
    shared.setSignOutOwed(true);
    shared.clear();
    tabs.post({ type: 'signed-out', userId, wiped });
    await this.#leave('signed-out');
    await this.#options.wipe(userId, wiped);
    await locks.run(IDENTITY_LOCK, 'exclusive', () =>
      locks.run(REFRESH_LOCK, 'exclusive', () => this.#endOnServer()),
    );
  }

  /** The service has ended this session. */
  async revoked(userId: string): Promise<void> {
    if (userId === this.#user?.userId) await this.#end('revoked');
  }

  profileChanged(profile: OwnProfile): void {
    if (profile.userId !== this.#user?.userId) return;
    // The answer to a change of profile describes the session that asked, which may have been refreshed since.
    const { sessionExpiresAt, refreshable } = this.#user;
    this.#adopt({ ...profile, sessionExpiresAt, refreshable });
  }

  /** Refreshes now if the session is over or about to be; for moments after which that would come in the way. */
  async refreshIfDue(withinMs: number): Promise<void> {
    const user = this.#user;
    if (user?.refreshable && Date.parse(user.sessionExpiresAt) - this.#options.serverNow() < withinMs) {
      await this.refresh(user.sessionExpiresAt);
    }
  }

  /**
   * Gets a new session token, once however many ask at a time, and by one tab. A token other than the one `refused` is
   * good, wherever it came from.
   */
  refresh(refused: string | null): Promise<RefreshOutcome> {
    if (this.#user && refused !== null && this.#user.sessionExpiresAt !== refused)
      return Promise.resolve('refreshed');
    this.#refreshing ??= this.#options.locks
      .run(REFRESH_LOCK, 'exclusive', () => this.#refreshAlone(refused))
      .finally(() => {
        this.#refreshing = null;
      });
    return this.#refreshing;
  }

  async #refreshAlone(refused: string | null): Promise<RefreshOutcome> {
    const { shared, call, tabs } = this.#options;
    const user = this.#user;
    const known = shared.read();
    if (user && known?.userId !== user.userId) {
      // Another tab signed out, or in as somebody else, and this one has not heard of it yet.
      await this.#leave('signed-out-elsewhere');
      return 'refused';
    }
    if (known && refused !== null && Date.parse(known.sessionExpiresAt) > Date.parse(refused)) {
      if (user) this.#adopt(known);
      return 'refreshed';
    }
    if (user && !user.refreshable) {
      await this.#end('expired');
      return 'refused';
    }
    try {
      const { sessionExpiresAt } = await call('refresh-session');
      if (user) {
        this.#adopt({ ...user, sessionExpiresAt });
        tabs.post({ type: 'session-refreshed', userId: user.userId, sessionExpiresAt });
      }
      return 'refreshed';
    } catch (error) {
      if (problemCode(error) !== 'refresh_refused') return 'unavailable';
      await this.#end(known ? 'expired' : null);
      return 'refused';
    }
  }

  async #enter(ask: () => Promise<OwnProfile>): Promise<OwnProfile> {
    const { locks, shared, tabs } = this.#options;
    const profile = await locks.run(IDENTITY_LOCK, 'exclusive', () =>
      locks.run(REFRESH_LOCK, 'exclusive', async () => {
        const answer = await ask();
        shared.setSignOutOwed(false);
        shared.write(answer);
        return answer;
      }),
    );
    tabs.post({ type: 'signed-in', userId: profile.userId });
    await this.#arrive(profile);
    return profile;
  }

  /** Reads the profile, unless another tab is changing who is signed in. */
  #readOwnProfile(call: Call): Promise<OwnProfile> {
    return this.#options.locks.run(IDENTITY_LOCK, 'shared', () => call('read-own-profile'));
  }

  async #arrive(user: OwnProfile): Promise<void> {
    const present = this.#user;
    this.#adopt(user);
    if (present?.userId !== user.userId) await this.#options.onSignedIn(user);
  }

  /** Takes over what is known now of the present user and its session. */
  #adopt(user: OwnProfile): void {
    const isNew = this.#user?.userId !== user.userId;
    const expiryChanged = this.#user?.sessionExpiresAt !== user.sessionExpiresAt;
    this.#user = user;
    this.#options.shared.write(user);
    if (!isNew) this.#options.onUserChanged(user);
    if (isNew || expiryChanged) {
      this.#failures = 0;
      this.#scheduleRefresh();
    }
  }

  #scheduleRefresh(): void {
    this.#timers.end();
    this.#timers = new Scope();
    const user = this.#user;
    if (!user?.refreshable) return;
    const left = Math.max(0, Date.parse(user.sessionExpiresAt) - this.#options.serverNow());
    const share = REFRESH_AT.from + this.#options.random() * REFRESH_AT.spread;
    this.#timers.after(left * share, () => void this.#refreshOnTime(user.sessionExpiresAt));
  }

  async #refreshOnTime(token: string): Promise<void> {
    if ((await this.refresh(token)) !== 'unavailable') return;
    this.#failures += 1;
    this.#timers.after(1_000 + backoffMs(this.#failures, RETRY_BACKOFF, this.#options.random()), () => {
      void this.#refreshOnTime(token);
    });
  }

  #retryStart(): void {
    if (!this.#user) this.#options.onUnreachable();
    this.#failures += 1;
    this.#timers.after(
      1_000 + backoffMs(this.#failures, RETRY_BACKOFF, this.#options.random()),
      () => void this.start(),
    );
  }

  /** The session is over for all tabs; what was typed and not sent stays for the next sign-in. */
  async #end(reason: SignedOutReason | null): Promise<void> {
    const { shared, tabs } = this.#options;
    const userId = this.#user?.userId ?? shared.read()?.userId;
    shared.clear();
    if (userId !== undefined) tabs.post({ type: 'signed-out', userId, wiped: 'nothing' });
    await this.#leave(reason);
  }

  async #leave(reason: SignedOutReason | null): Promise<void> {
    this.#user = null;
    this.#timers.end();
    this.#timers = new Scope();
    this.#failures = 0;
    await this.#options.onSignedOut(reason);
  }

  /** Whatever the answer, the cookies are gone with it; without one they are still there, and a sign-out is owed. */
  async #endOnServer(): Promise<void> {
    const { call, shared } = this.#options;
    try {
      await call('sign-out');
    } catch (error) {
      if (!(error instanceof ApiError && error.kind === 'problem')) return;
    }
    shared.setSignOutOwed(false);
  }

  async #otherTabSignedIn(): Promise<void> {
    if (this.#user) await this.#leave('signed-out-elsewhere');
    await this.start();
  }

  async #otherTabSignedOut(userId: string, wiped: Wiped): Promise<void> {
    if (userId === this.#user?.userId)
      await this.#leave(wiped === 'nothing' ? 'expired' : 'signed-out-elsewhere');
    // What this tab wrote before it heard of it would outlive the other tab's wiping.
    if (wiped !== 'nothing') await this.#options.wipe(userId, wiped);
  }
}
