import { useEffect } from 'react';
import { fillGap } from '../../app/state/messages-thunks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import type { GapEntry } from '../../lib/timeline/timeline-entries.ts';
import styles from './gap-row.module.css';

interface GapRowProps {
  readonly conversationId: string;
  readonly gap: GapEntry;
}

/** A part of the history that was not read yet. It is read as soon as it comes near the screen. */
export function GapRow({ conversationId, gap: { after, before, loading } }: GapRowProps) {
  const dispatch = useAppDispatch();
  useEffect(() => {
    void dispatch(fillGap(conversationId, { after, before }, 'older'));
  }, [dispatch, conversationId, after, before]);
  return (
    <div className={styles.gap}>
      {loading ? (
        <Skeleton kind="person" rows={2} label="Loading messages" />
      ) : (
        // Here only after a read that failed: asking again is then a person's choice.
        <Button
          variant="link"
          onClick={() => void dispatch(fillGap(conversationId, { after, before }, 'older'))}
        >
          Load the messages in between
        </Button>
      )}
    </div>
  );
}
