import { Compass, Plus, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import {
  selectChannels,
  selectDirectMessages,
  selectListStatus,
} from '../../app/state/conversations-selectors.ts';
import { selectOwnUserId } from '../../app/state/session-selectors.ts';
import { useAppSelector } from '../../app/store.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { COMMAND_KEY, Keys } from '../../components/keys.tsx';
import { Logo } from '../../components/logo.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { ChannelLink, DirectLink, NotebookLink, PlaceLink } from './conversation-links.tsx';
import styles from './sidebar.module.css';

interface SidebarProps {
  readonly onSwitch: () => void;
  readonly onCreateChannel: () => void;
  readonly onFindPeople: () => void;
  /** The own profile and its menu, at the foot. */
  readonly account: ReactNode;
}

/** Every conversation, one click away, with what is unread. */
export function Sidebar({ onSwitch, onCreateChannel, onFindPeople, account }: SidebarProps) {
  return (
    <nav className={styles.sidebar} aria-label="Conversations" data-region tabIndex={-1}>
      <div className={styles.top}>
        <Link to="/" className={styles.product}>
          <Logo size={28} />
          Ping Me
        </Link>
        <button type="button" className={styles.find} onClick={onSwitch}>
          <Search size={16} aria-hidden="true" className={styles.findSign} />
          <span className={styles.findLabel}>Find people and channels</span>
          <span aria-hidden="true" className={styles.findKeys}>
            <Keys keys={[`${COMMAND_KEY} K`]} />
          </span>
        </button>
      </div>
      <div className={styles.lists}>
        <section className={styles.section} aria-labelledby="sidebar-channels">
          <div className={styles.heading}>
            <h2 id="sidebar-channels">Channels</h2>
            <IconButton
              className={styles.add}
              label="Create a channel"
              icon={Plus}
              onClick={onCreateChannel}
            />
          </div>
          <Channels />
          <PlaceLink to="/browse" icon={Compass}>
            Browse channels
          </PlaceLink>
        </section>
        <section className={styles.section} aria-labelledby="sidebar-direct">
          <div className={styles.heading}>
            <h2 id="sidebar-direct">Direct messages</h2>
            <IconButton className={styles.add} label="Write to someone" icon={Plus} onClick={onFindPeople} />
          </div>
          <DirectMessages />
        </section>
      </div>
      {account}
    </nav>
  );
}

function Channels() {
  const channels = useAppSelector(selectChannels);
  const status = useAppSelector(selectListStatus);
  if (status === 'loading' && channels.length === 0) {
    return <Skeleton kind="line" rows={3} label="Loading channels" />;
  }
  if (status === 'failed' && channels.length === 0) {
    return <p className={styles.away}>Your channels can’t be loaded right now. They come by themselves.</p>;
  }
  return (
    <ul>
      {channels.map(({ conversationId, channel }) => (
        <li key={conversationId}>
          <ChannelLink conversationId={conversationId} name={channel?.name ?? ''} />
        </li>
      ))}
    </ul>
  );
}

function DirectMessages() {
  const directMessages = useAppSelector(selectDirectMessages);
  const status = useAppSelector(selectListStatus);
  const ownId = useAppSelector(selectOwnUserId);
  const loading = status === 'loading' && directMessages.length === 0;
  return (
    <>
      {loading && <Skeleton kind="line" rows={2} label="Loading direct messages" />}
      <ul>
        {directMessages
          .filter(({ peerId }) => peerId !== ownId)
          .map(({ conversationId, peerId = '' }) => (
            <li key={conversationId}>
              <DirectLink conversationId={conversationId} peerId={peerId} />
            </li>
          ))}
        {ownId !== null && (
          <li>
            <NotebookLink ownId={ownId} />
          </li>
        )}
      </ul>
    </>
  );
}
