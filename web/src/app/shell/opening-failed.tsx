import { Link } from 'react-router';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PlaceHeader } from '../../components/place-header.tsx';
import { describeError, problemCode } from '../../lib/api/api-error.ts';
import { BackToList } from './back-to-list.tsx';
import styles from './conversation-frame.module.css';

interface OpeningFailedProps {
  /** "#general", "@deanne". */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** The address names a conversation that is not there, or that can't be had right now. */
export function OpeningFailed({ what, error, onRetry }: OpeningFailedProps) {
  const code = problemCode(error);
  const missing = code === 'channel_not_found' || code === 'user_not_found' || code === 'validation_failed';
  return (
    <main className={styles.main}>
      <PlaceHeader title={what} back={<BackToList />} />
      <EmptyState title={missing ? `There is no ${what} here.` : describeError(error)}>
        {missing ? (
          <p>
            Check the address, or <Link to="/browse">browse the channels</Link>.
          </p>
        ) : (
          <Button onClick={onRetry}>Try again</Button>
        )}
      </EmptyState>
    </main>
  );
}
