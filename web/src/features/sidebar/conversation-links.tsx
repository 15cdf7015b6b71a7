import { Hash, type LucideIcon, NotebookPen, PencilLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { formatUnread, selectUnreadCount } from '../../app/state/conversations-selectors.ts';
import { selectDraft } from '../../app/state/drafts-selectors.ts';
import { selectDisplayName, selectPerson } from '../../app/state/people-selectors.ts';
import { useAppSelector } from '../../app/store.ts';
import { Avatar } from '../../components/avatar.tsx';
import { classes } from '../../components/classes.ts';
import styles from './conversation-links.module.css';

interface RowProps {
  readonly to: string;
  readonly sign: ReactNode;
  readonly children: ReactNode;
  /** What a badge would say: "", "3", "99+". */
  readonly unread?: string;
  /** Written to one person: the count stands out. */
  readonly personal?: boolean;
  readonly draft?: boolean;
}

function Row({ to, sign, children, unread = '', personal = false, draft = false }: RowProps) {
  return (
    <NavLink to={to} className={classes(styles.row, unread !== '' && styles.unread)}>
      <span className={styles.sign}>{sign}</span>
      <span className={styles.name}>{children}</span>
      {draft && unread === '' && (
        <span className={styles.draft}>
          <PencilLine size={14} aria-hidden="true" />
          <span className="visually-hidden">, draft</span>
        </span>
      )}
      {unread !== '' && (
        <span className={classes(styles.count, personal && styles.personal)}>
          <span className="visually-hidden">, </span>
          {unread}
          <span className="visually-hidden"> unread</span>
        </span>
      )}
    </NavLink>
  );
}

/** A joined channel. */
export function ChannelLink({
  conversationId,
  name,
}: {
  readonly conversationId: string;
  readonly name: string;
}) {
  const unread = useAppSelector((state) => formatUnread(selectUnreadCount(state, conversationId)));
  const draft = useAppSelector((state) => selectDraft(state, conversationId) !== '');
  return (
    <Row to={`/channels/${name}`} sign={<Hash size={16} aria-hidden="true" />} unread={unread} draft={draft}>
      {name}
    </Row>
  );
}

/** A direct message with somebody else. */
export function DirectLink({
  conversationId,
  peerId,
}: {
  readonly conversationId: string;
  readonly peerId: string;
}) {
  const unread = useAppSelector((state) => formatUnread(selectUnreadCount(state, conversationId)));
  const draft = useAppSelector((state) => selectDraft(state, conversationId) !== '');
  const person = useAppSelector((state) => selectPerson(state, peerId));
  const name = useAppSelector((state) => selectDisplayName(state, peerId));
  const { firstName = '', lastName = '', avatar } = person ?? {};
  return (
    <Row
      to={`/messages/${peerId}`}
      sign={
        <Avatar userId={peerId} firstName={firstName} lastName={lastName} picture={avatar} size="small" />
      }
      unread={unread}
      personal
      draft={draft}
    >
      {name}
    </Row>
  );
}

/** The direct message with oneself. */
export function NotebookLink({ ownId }: { readonly ownId: string }) {
  return (
    <Row
      to={`/messages/${ownId}`}
      sign={
        <span className={styles.notebook}>
          <NotebookPen size={12} aria-hidden="true" />
        </span>
      }
    >
      Notes to yourself
    </Row>
  );
}

interface PlaceLinkProps {
  readonly to: string;
  readonly icon: LucideIcon;
  readonly children: ReactNode;
}

/** A place that is no conversation. */
export function PlaceLink({ to, icon: Icon, children }: PlaceLinkProps) {
  return (
    <Row to={to} sign={<Icon size={16} aria-hidden="true" />}>
      {children}
    </Row>
  );
}
