import { Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'react-redux';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { useShortcuts } from '../../features/keys/use-shortcuts.ts';
import { AccountMenu } from '../../features/profile/account-menu.tsx';
import { Sidebar } from '../../features/sidebar/sidebar.tsx';
import { lazyPart } from '../lazy-part.ts';
import { selectRequestedPath } from '../state/connection-selectors.ts';
import { requestedPathTaken } from '../state/connection-slice.ts';
import {
  selectConversationPath,
  selectNeighbour,
  selectOpenConversationId,
} from '../state/conversations-selectors.ts';
import type { RootState } from '../state/root-reducer.ts';
import { signOut } from '../state/session-thunks.ts';
import { useAppDispatch, useAppSelector } from '../store.ts';
import styles from './shell.module.css';
import { type ShellActions, ShellActionsContext } from './shell-actions.ts';
import { ThemeChoice } from './theme-choice.tsx';
import { usePanel } from './use-panel.ts';

const SwitcherDialog = lazyPart(
  async () => (await import('../../features/switcher/switcher-dialog.tsx')).SwitcherDialog,
);
const CreateChannelDialog = lazyPart(
  async () => (await import('../../features/channels/create-channel-dialog.tsx')).CreateChannelDialog,
);
const FindPeopleDialog = lazyPart(
  async () => (await import('../../features/people/find-people-dialog.tsx')).FindPeopleDialog,
);
const KeysDialog = lazyPart(async () => (await import('../../features/keys/keys-dialog.tsx')).KeysDialog);
const SignOutDialog = lazyPart(
  async () => (await import('../../features/session/sign-out-dialog.tsx')).SignOutDialog,
);

type OpenDialog = 'switcher' | 'create-channel' | 'find-people' | 'keys' | 'sign-out' | null;

/** The frame of the page for those who are signed in: the side bar, the place that the address names, dialogs, keys. */
export function Shell() {
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const store = useStore<RootState>();
  const home = useLocation().pathname === '/';
  const panel = usePanel();
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const close = useCallback(() => setDialog(null), []);
  const go = useCallback(
    (path: string) => {
      setDialog(null);
      void navigate(path);
    },
    [navigate],
  );

  const requestedPath = useAppSelector(selectRequestedPath);
  useEffect(() => {
    if (requestedPath === null) return;
    dispatch(requestedPathTaken());
    void navigate(requestedPath);
  }, [dispatch, navigate, requestedPath]);

  useShortcuts({
    onSwitch: () => setDialog('switcher'),
    onShowKeys: () => setDialog('keys'),
    onNeighbour: (direction, unreadOnly) => {
      const state = store.getState();
      const id = selectNeighbour(state, selectOpenConversationId(state), direction, unreadOnly);
      const path = id === null ? null : selectConversationPath(state, id);
      if (path !== null) void navigate(path);
    },
    onEscape: panel.close,
  });

  const actions = useMemo(
    (): ShellActions => ({
      onCreateChannel: () => setDialog('create-channel'),
      onFindPeople: () => setDialog('find-people'),
    }),
    [],
  );

  async function leave() {
    if ((await dispatch(signOut('ask'))) === 'unsent-messages') setDialog('sign-out');
  }

  return (
    <ShellActionsContext value={actions}>
      <div className={styles.shell} data-home={home || undefined}>
        <div className={styles.rail}>
          <Sidebar
            {...actions}
            onSwitch={() => setDialog('switcher')}
            account={
              <AccountMenu
                theme={<ThemeChoice />}
                onShowKeys={() => setDialog('keys')}
                onSignOut={() => void leave()}
              />
            }
          />
        </div>
        <div className={styles.place}>
          <Outlet />
        </div>
      </div>
      <Suspense>
        {dialog === 'switcher' && <SwitcherDialog onClose={close} onChoose={go} />}
        {dialog === 'create-channel' && (
          <CreateChannelDialog onClose={close} onCreated={(name) => go(`/channels/${name}`)} />
        )}
        {dialog === 'find-people' && (
          <FindPeopleDialog onClose={close} onChoose={(userId) => go(`/messages/${userId}`)} />
        )}
        {dialog === 'keys' && <KeysDialog onClose={close} />}
        {dialog === 'sign-out' && <SignOutDialog onClose={close} />}
      </Suspense>
    </ShellActionsContext>
  );
}
