import type { OwnProfile } from '../../../../core/contract/users.ts';
import type { UserServices } from '../../../../web/src/app/services.ts';
import { signedIn } from '../../../../web/src/app/state/session-slice.ts';
import { type AppStore, createStore } from '../../../../web/src/app/store.ts';
import type { UserContext } from '../../../../web/src/app/sync/user-context.ts';
import { Scope } from '../../../../web/src/lib/lifecycle/scope.ts';
import type { LocalValues } from '../../../../web/src/lib/storage/local-values.ts';
import { type SharedSession, sharedSession } from '../../../../web/src/lib/storage/shared-session.ts';
import { openUserDatabase, type UserDatabase } from '../../../../web/src/lib/storage/user-database.ts';
import type { TabChannel, TabMessage } from '../../../../web/src/lib/tabs/tab-channel.ts';
import { soleTabLocks, type TabLocks } from '../../../../web/src/lib/tabs/tab-locks.ts';
import type { ScriptedApi } from './scripted-call.ts';

export const ME: OwnProfile = {
  userId: 'me',
  emailId: 'me@example.org',
  firstName: 'Mel',
  lastName: 'Example',
  sessionExpiresAt: new Date(Date.now() + 15 * 60_000).toISOString(),
  refreshable: true,
};

/** What the tabs of one browser share. */
export class Browser {
  readonly locks: TabLocks = soleTabLocks();
  readonly values: LocalValues = valuesInMemory();
  readonly shared: SharedSession = sharedSession(this.values);
  readonly #tabs = new Set<(message: TabMessage, from: object) => void>();

  /** The channel of one tab; what it posts is heard by the others a moment later. */
  channel(): TabChannel {
    const self = {};
    return {
      post: (message) => {
        for (const hear of this.#tabs) queueMicrotask(() => hear(structuredClone(message), self));
      },
      listen: (listener) => {
        const hear = (message: TabMessage, from: object) => {
          if (from !== self) listener(message);
        };
        this.#tabs.add(hear);
        return () => this.#tabs.delete(hear);
      },
    };
  }
}

export interface Tab {
  readonly context: UserContext;
  readonly store: AppStore;
  readonly database: UserDatabase;
}

/**
 * A tab in which a user is signed in, with nothing running yet.
 *
 * @param services what runs once it does
 */
export async function openTab(
  api: ScriptedApi,
  browser = new Browser(),
  user: OwnProfile = ME,
  services: () => UserServices | null = () => null,
): Promise<Tab> {
  const store = createStore({
    call: api.call,
    session: {
      signUp: async () => user,
      signIn: async () => user,
      signOut: async () => {},
      profileChanged: () => {},
    },
    user: services,
    askForNotifications: async () => {},
  });
  store.dispatch(signedIn(user));
  browser.shared.write(user);
  const database = await openUserDatabase(user.userId);
  const context: UserContext = {
    ownId: user.userId,
    store,
    call: api.call,
    database,
    locks: browser.locks,
    tabs: browser.channel(),
    scope: new Scope(),
    random: () => 0.5,
  };
  return { context, store, database };
}

export function valuesInMemory(): LocalValues {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  };
}
