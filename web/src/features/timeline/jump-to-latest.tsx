import { ArrowDown } from 'lucide-react';
import styles from './jump-to-latest.module.css';

interface JumpToLatestProps {
  /** What a badge would say: "", "3", "99+". */
  readonly unread: string;
  readonly onJump: () => void;
}

/** The way back to the end, with how much is new there. */
export function JumpToLatest({ unread, onJump }: JumpToLatestProps) {
  return (
    <div className={styles.jump}>
      <button type="button" className={styles.button} onClick={onJump}>
        <ArrowDown size={16} aria-hidden="true" />
        Jump to latest
        {unread !== '' && (
          <span className={styles.count} role="status">
            {unread} new
          </span>
        )}
      </button>
    </div>
  );
}
