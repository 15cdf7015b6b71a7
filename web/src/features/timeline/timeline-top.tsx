import type { ReactNode } from 'react';
import { selectTimelineStatus } from '../../app/state/messages-selectors.ts';
import { loadOlder } from '../../app/state/messages-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import styles from './timeline-top.module.css';

interface TimelineTopProps {
  readonly conversationId: string;
  readonly beginning: ReactNode;
}

/** What stands above the oldest message held: the beginning, or what is still to come. */
export function TimelineTop({ conversationId, beginning }: TimelineTopProps) {
  const dispatch = useAppDispatch();
  const { hasOlder, olderFailed } = useAppSelector((state) => selectTimelineStatus(state, conversationId));
  if (!hasOlder) return beginning;
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
