import { formatDay } from '../../components/time-format.ts';
import type { Row } from './build-rows.ts';
import { GapRow } from './gap-row.tsx';
import { MessageRow } from './message-row.tsx';
import styles from './timeline-row.module.css';

interface TimelineRowProps {
  readonly conversationId: string;
  readonly row: Row;
  readonly newestOwn: boolean;
  readonly onOpenPerson: (userId: string) => void;
}

/** An entry of the timeline with what is drawn above it: the day, the "New" line. */
export function TimelineRow({ conversationId, row, newestOwn, onOpenPerson }: TimelineRowProps) {
  const { entry } = row;
  if (entry.kind === 'gap') return <GapRow conversationId={conversationId} gap={entry} />;
  const day = row.startsDay ? formatDay(entry.postedAt, new Date()) : undefined;
  return (
    <>
      {day !== undefined && (
        // biome-ignore lint/a11y/useFocusableInteractive: a separator that nobody moves
        <div className={styles.day} role="separator" aria-label={day}>
          <span>{day}</span>
        </div>
      )}
      {row.startsNew && (
        // biome-ignore lint/a11y/useFocusableInteractive: a separator that nobody moves
        <div className={styles.new} role="separator" aria-label="New">
          <span>New</span>
        </div>
      )}
      <MessageRow entry={entry} head={row.head} newestOwn={newestOwn} onOpenPerson={onOpenPerson} />
    </>
  );
}
