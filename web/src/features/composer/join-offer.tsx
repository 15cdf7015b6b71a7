import { useState } from 'react';
import { joinChannel } from '../../app/state/conversations-thunks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { describeError } from '../../lib/api/api-error.ts';
import styles from './join-offer.module.css';

interface JoinOfferProps {
  readonly channelId: string;
  readonly name: string;
  /** Called when the channel is joined, before the composer takes this one's place. */
  readonly onJoined: () => void;
}

/** Stands where the composer would be in a channel that is only looked at. */
export function JoinOffer({ channelId, name, onJoined }: JoinOfferProps) {
  const dispatch = useAppDispatch();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function join() {
    setBusy(true);
    setError(undefined);
    try {
      await dispatch(joinChannel(channelId));
      onJoined();
    } catch (failure) {
      setError(describeError(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className={styles.offer}>
      <p className={styles.text}>
        You are looking at <strong>#{name}</strong>. Join to write here and to hear what is new.
      </p>
      <Button variant="primary" busy={busy} onClick={() => void join()}>
        Join #{name}
      </Button>
      {error !== undefined && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
