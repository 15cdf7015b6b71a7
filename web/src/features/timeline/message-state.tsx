import { Check, CheckCheck, CircleDashed } from 'lucide-react';
import { useState } from 'react';
import { discardMessage, retryMessage } from '../../app/state/outbox-thunks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { classes } from '../../components/classes.ts';
import type { MessageEntry } from '../../lib/timeline/timeline-entries.ts';
import styles from './message-state.module.css';

interface MessageStateProps {
  readonly entry: MessageEntry;
  /** The newest stored one shows it for a moment when it comes true; others on hover. */
  readonly newest: boolean;
}

/**
 * How far an own message has come: a small, quiet sign, and what to do where something is to be done. Progress is not
 * announced (the log around it would); a failure is.
 */
export function MessageState({ entry, newest }: MessageStateProps) {
  const dispatch = useAppDispatch();
  const [before] = useState(entry.state);
  switch (entry.state) {
    case 'stored':
      return (
        <span
          className={classes(styles.state, styles.stored, newest && before !== 'stored' && styles.newest)}
          aria-live="off"
        >
          <CheckCheck size={14} aria-hidden="true" /> Stored
        </span>
      );
    case 'sent':
      return (
        <span className={styles.state} aria-live="off">
          <Check size={14} aria-hidden="true" /> Sent
        </span>
      );
    case 'sending':
      return (
        <span className={styles.state} aria-live="off">
          <CircleDashed size={12} aria-hidden="true" /> Sending…
        </span>
      );
    case 'waiting':
      return (
        <span className={classes(styles.state, styles.bad)}>
          Waiting for the connection
          <button
            type="button"
            className={styles.act}
            onClick={() => void dispatch(retryMessage(entry.nonce))}
          >
            Retry now
          </button>
        </span>
      );
    case 'failed':
      return (
        <span className={classes(styles.state, styles.bad)} role="alert">
          <span>Not sent. {entry.failure}</span>
          <button
            type="button"
            className={styles.act}
            onClick={() => void dispatch(retryMessage(entry.nonce))}
          >
            Retry
          </button>
          <button
            type="button"
            className={styles.act}
            onClick={() => void dispatch(discardMessage(entry.nonce))}
          >
            Discard
          </button>
        </span>
      );
  }
}
