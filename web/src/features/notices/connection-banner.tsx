import { selectBanner } from '../../app/state/connection-selectors.ts';
import { useAppSelector } from '../../app/store.ts';
import styles from './connection-banner.module.css';

const SENTENCES = {
  reconnecting: 'Reconnecting… What you send is kept and goes out by itself.',
  'history-catching-up':
    'History is catching up. Messages go out and arrive as usual; older ones appear by themselves.',
} as const;

/** The slim banner: what is away right now, and that nothing has to be done about it. */
export function ConnectionBanner() {
  const banner = useAppSelector(selectBanner);
  return (
    <div role="status" className={styles.region}>
      {banner !== null && (
        <p className={styles.banner}>
          <span className={styles.dot} aria-hidden="true" />
          {SENTENCES[banner]}
        </p>
      )}
    </div>
  );
}
