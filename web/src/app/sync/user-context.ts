import type { Call } from '../../lib/api/route-types.ts';
import type { Scope } from '../../lib/lifecycle/scope.ts';
import type { UserDatabase } from '../../lib/storage/user-database.ts';
import type { TabChannel } from '../../lib/tabs/tab-channel.ts';
import type { TabLocks } from '../../lib/tabs/tab-locks.ts';
import type { AppStore } from '../store.ts';

/** What everything that runs for a signed-in user has in common. */
export interface UserContext {
  readonly ownId: string;
  readonly store: AppStore;
  /** Refreshes the session where an answer asks for it. */
  readonly call: Call;
  readonly database: UserDatabase;
  readonly locks: TabLocks;
  readonly tabs: TabChannel;
  /** Ends when the user goes. */
  readonly scope: Scope;
  /** From 0 to 1. */
  readonly random: () => number;
}
