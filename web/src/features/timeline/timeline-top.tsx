import { selectTimelineStatus } from '../../app/state/messages-selectors.ts';
import { loadOlder } from '../../app/state/messages-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import styles from './timeline-top.module.css';

interface TimelineTopProps {
  readonly conversationId: string;
}

/** What stands above the oldest message held while there are older ones. */
export function TimelineTop({ conversationId }: TimelineTopProps) {
  const dispatch = useAppDispatch();
  const { hasOlder, olderFailed } = useAppSelector((state) => selectTimelineStatus(state, conversationId));
  if (!hasOlder) return null;
  return (
    <div className={styles.older}>
      {olderFailed ? (
        <div className={styles.away}>
          <p>Older messages are away for a moment.</p>
          <Button variant="link" onClick={() => void dispatch(loadOlder(conversationId))}>
            Try again
          </Button>
        </div>
      ) : (
        <Skeleton kind="person" rows={3} label="Loading older messages" />
      )}
    </div>
  );
}
