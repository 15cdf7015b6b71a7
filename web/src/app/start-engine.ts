import { createApiClient } from '../lib/api/api-client.ts';
import { localValues } from '../lib/storage/local-values.ts';
import { sharedSession } from '../lib/storage/shared-session.ts';
import { openTabChannel } from '../lib/tabs/tab-channel.ts';
import { browserLocks, soleTabLocks } from '../lib/tabs/tab-locks.ts';
import { SessionKeeper } from './session/session-keeper.ts';
import { notificationPermissionLearned } from './state/preferences-slice.ts';
import {
  ownProfileChanged,
  sessionUnreachable,
  signedIn,
  signedOut,
  userLeft,
} from './state/session-slice.ts';
import { type AppStore, createStore } from './store.ts';
import { askForNotifications, notificationState } from './sync/notifications.ts';
import { startUserRuntime, type UserRuntime } from './sync/user-runtime.ts';
import { wipeUser } from './sync/wipe-user.ts';

/** Starts everything of the page that is not on the screen, and finds out who is signed in. */
export function startEngine(): { readonly store: AppStore } {
  const values = localValues(localStorage);
  const shared = sharedSession(values);
  const locks = 'locks' in navigator ? browserLocks(navigator.locks) : soleTabLocks();
  const tabs = openTabChannel('ping-me');
  const random = Math.random;
  let clockAhead = 0;
  let runtime: UserRuntime | null = null;
  /** Starting and stopping take a moment each, and must not overtake each other. */
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (action: () => Promise<void>): Promise<void> => {
    turn = turn.then(action);
    return turn;
  };

  const session: SessionKeeper = new SessionKeeper({
    call: createApiClient({
      fetch: (...request) => fetch(...request),
      onServerTime: (serverTime) => {
        clockAhead = serverTime - Date.now();
      },
    }),
    locks,
    tabs,
    shared,
    serverNow: () => Date.now() + clockAhead,
    random,
    onSignedIn: (user) =>
      inTurn(async () => {
        runtime = await startUserRuntime({ user, store, session, shared, locks, tabs, values, random });
        store.dispatch(signedIn(user));
      }),
    onUserChanged: (user) => store.dispatch(ownProfileChanged(user)),
    onUnreachable: () => store.dispatch(sessionUnreachable()),
    onSignedOut: (reason) => {
      store.dispatch(signedOut(reason));
      return inTurn(async () => {
        const ended = runtime;
        runtime = null;
        await ended?.stop();
        store.dispatch(userLeft());
      });
    },
    wipe: (userId, wiped) => wipeUser(values, userId, wiped),
  });

  const store = createStore({
    call: session.call,
    session,
    user: () => runtime?.services ?? null,
    askForNotifications: () => askForNotifications(store),
  });
  store.dispatch(notificationPermissionLearned(notificationState()));
  // A page out of the browser's back-forward cache may show somebody who is signed out by now.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
  void session.start();
  return { store };
}
