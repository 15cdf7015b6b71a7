import { Bell, Keyboard, LogOut, UserRound } from 'lucide-react';
import { type ReactNode, useId, useRef } from 'react';
import { Link } from 'react-router';
import { selectNotificationPermission } from '../../app/state/preferences-selectors.ts';
import { askForNotifications } from '../../app/state/preferences-thunks.ts';
import { selectOwnUser } from '../../app/state/session-selectors.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Avatar } from '../../components/avatar.tsx';
import styles from './account-menu.module.css';

interface AccountMenuProps {
  /** The choice of light and dark. */
  readonly theme: ReactNode;
  readonly onShowKeys: () => void;
  readonly onSignOut: () => void;
}

/** The own profile at the foot of the side bar, and what belongs to it. */
export function AccountMenu({ theme, onShowKeys, onSignOut }: AccountMenuProps) {
  const dispatch = useAppDispatch();
  const user = useAppSelector(selectOwnUser);
  const notifications = useAppSelector(selectNotificationPermission);
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  if (user === null) return null;
  const { userId, firstName, lastName, avatar } = user;
  const close = () => menu.current?.hidePopover();
  return (
    <div className={styles.account}>
      <button type="button" className={styles.own} popoverTarget={id}>
        <Avatar userId={userId} firstName={firstName} lastName={lastName} picture={avatar} size="medium" />
        <span className={styles.names}>
          <span className={styles.name}>
            {firstName} {lastName}
          </span>
          <span className={styles.userId}>@{userId}</span>
        </span>
        <span className="visually-hidden">, your account</span>
      </button>
      <div ref={menu} id={id} popover="auto" className={styles.menu}>
        <Link to="/profile" className={styles.item} onClick={close}>
          <UserRound size={16} aria-hidden="true" /> Your profile
        </Link>
        {notifications === 'default' && (
          <button type="button" className={styles.item} onClick={() => void dispatch(askForNotifications())}>
            <Bell size={16} aria-hidden="true" /> Notify me of direct messages
          </button>
        )}
        <button
          type="button"
          className={styles.item}
          onClick={() => {
            close();
            onShowKeys();
          }}
        >
          <Keyboard size={16} aria-hidden="true" /> Keyboard shortcuts
        </button>
        <div className={styles.theme}>{theme}</div>
        <button
          type="button"
          className={styles.item}
          onClick={() => {
            close();
            onSignOut();
          }}
        >
          <LogOut size={16} aria-hidden="true" /> Sign out
        </button>
      </div>
    </div>
  );
}
