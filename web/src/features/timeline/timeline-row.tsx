import type { ReactNode } from 'react';
import { classes } from '../../components/classes.ts';
import { formatDay } from '../../components/time-format.ts';
import type { Row } from './build-rows.ts';
import { GapRow } from './gap-row.tsx';
import { MessageRow } from './message-row.tsx';
import styles from './timeline-row.module.css';

interface TimelineRowProps {
  readonly conversationId: string;
  readonly row: Row;
  /** Stands above the very first message. */
  readonly beginning: ReactNode;
  readonly newestStored: boolean;
  readonly onOpenPerson: (userId: string) => void;
}

/** An entry of the timeline with what is drawn above it: the day, the "New" line. */
export function TimelineRow({
  conversationId,
  row,
  beginning,
  newestStored,
  onOpenPerson,
}: TimelineRowProps) {
  const { entry } = row;
  if (entry.kind === 'gap') return <GapRow conversationId={conversationId} gap={entry} />;
  return (
    <>
      {beginning}
      {(row.startsDay || row.startsNew) && (
        <Divider
          day={row.startsDay ? formatDay(entry.postedAt, new Date()) : undefined}
          isNew={row.startsNew}
        />
      )}
      <MessageRow entry={entry} head={row.head} newestStored={newestStored} onOpenPerson={onOpenPerson} />
    </>
  );
}

/** A line across the timeline: a day begins, or what is new does, or both at once. */
function Divider({ day, isNew }: { readonly day: string | undefined; readonly isNew: boolean }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> can hold no words
    <div
      className={classes(styles.divider, isNew && styles.new)}
      role="separator"
      aria-label={[day, isNew && 'New'].filter(Boolean).join(', ')}
    >
      {day !== undefined && <span className={styles.day}>{day}</span>}
      {isNew && <span className={styles.tag}>New</span>}
    </div>
  );
}
