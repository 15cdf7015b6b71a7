import type { ReactNode } from 'react';
import { selectTimelineStatus } from '../../app/state/messages-selectors.ts';
import { refreshTimeline } from '../../app/state/messages-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import styles from './timeline.module.css';
import { Timeline } from './timeline.tsx';

interface TimelinePaneProps {
  readonly conversationId: string;
  readonly label: string;
  readonly beginning: ReactNode;
  readonly onOpenPerson: (userId: string) => void;
}

/** A conversation's messages, or what stands in for them: shapes while they are loaded, a word where they can't be. */
export function TimelinePane(props: TimelinePaneProps) {
  const { conversationId } = props;
  const dispatch = useAppDispatch();
  const { loaded, failed } = useAppSelector((state) => selectTimelineStatus(state, conversationId));
  if (loaded) return <Timeline key={conversationId} {...props} />;
  if (failed === null) {
    return (
      <div className={styles.waiting}>
        <Skeleton kind="person" rows={9} label="Loading messages" />
      </div>
    );
  }
  if (failed === 'not-found') {
    return (
      <div className={styles.waiting} role="status">
        <EmptyState title="There are no messages of this conversation for you.">
          <p>It is someone else’s, or it is gone. Your conversations are at the left.</p>
        </EmptyState>
      </div>
    );
  }
  return (
    <div className={styles.waiting} role="status">
      <EmptyState title="History is away for a moment.">
        <p>New messages still go out and arrive. Older ones come back by themselves.</p>
        <Button onClick={() => void dispatch(refreshTimeline(conversationId))}>Try again</Button>
      </EmptyState>
    </div>
  );
}
