import { memo } from 'react';
import { selectPerson } from '../../app/state/people-selectors.ts';
import { useAppSelector } from '../../app/store.ts';
import { Avatar } from '../../components/avatar.tsx';
import { classes } from '../../components/classes.ts';
import { LinkedText } from '../../components/linked-text.tsx';
import { formatFullTime, formatTime } from '../../components/time-format.ts';
import { Timestamp } from '../../components/timestamp.tsx';
import type { MessageEntry } from '../../lib/timeline/timeline-entries.ts';
import styles from './message-row.module.css';
import { MessageState } from './message-state.tsx';

interface MessageRowProps {
  readonly entry: MessageEntry;
  readonly head: boolean;
  /** The newest of the reader's own messages that is stored. */
  readonly newestStored: boolean;
  readonly onOpenPerson: (userId: string) => void;
}

/** One message. Only the first of a run shows who wrote it; to those who listen, each says so. */
export const MessageRow = memo(function MessageRow({
  entry,
  head,
  newestStored,
  onOpenPerson,
}: MessageRowProps) {
  const person = useAppSelector((state) => selectPerson(state, entry.sender));
  const name = person ? `${person.firstName} ${person.lastName}` : entry.sender;
  const unsettled = entry.state === 'sending' || entry.state === 'waiting' || entry.state === 'failed';
  return (
    <article
      className={classes(styles.message, head && styles.head)}
      aria-label={`${name}, ${formatTime(entry.postedAt)}`}
    >
      <div className={styles.gutter}>
        {head ? (
          <Avatar
            userId={entry.sender}
            firstName={person?.firstName ?? ''}
            lastName={person?.lastName ?? ''}
            picture={person?.avatar}
            size="medium"
          />
        ) : (
          <Timestamp iso={entry.postedAt} className={styles.gutterTime} />
        )}
      </div>
      <div className={styles.body}>
        {head ? (
          <div className={styles.by}>
            <button type="button" className={styles.author} onClick={() => onOpenPerson(entry.sender)}>
              {name}
            </button>
            <Timestamp iso={entry.postedAt} className={styles.time} />
          </div>
        ) : (
          <span className="visually-hidden">{name}</span>
        )}
        <div className={styles.line}>
          <p className={classes(styles.text, unsettled && styles.unsettled)} dir="auto">
            <LinkedText text={entry.content} />
            {entry.editedAt !== undefined && <Edited at={entry.editedAt} />}
          </p>
          {entry.own && <MessageState entry={entry} newest={newestStored} />}
        </div>
      </div>
    </article>
  );
});

/** Stands behind the text of a message that was edited; when, on hover. */
function Edited({ at }: { readonly at: string }) {
  return (
    <>
      {' '}
      <time dateTime={at} title={formatFullTime(at)} className={styles.edited}>
        (edited)
      </time>
    </>
  );
}
