import { Link } from 'react-router';
import { Logo } from '../../components/logo.tsx';
import styles from './unreachable.module.css';
import { usePageTitle } from './use-page-title.ts';

/** An address that is none of ours. */
export function NotFoundPage() {
  usePageTitle('Nothing here');
  return (
    <main className={styles.page}>
      <Logo size={40} />
      <h1 className={styles.title}>There is nothing at this address</h1>
      <p className={styles.text}>
        Check it, or go <Link to="/">to your conversations</Link>.
      </p>
    </main>
  );
}
