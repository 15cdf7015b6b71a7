import { Logo } from '../../components/logo.tsx';
import styles from './unreachable.module.css';

/** The service was away when the page was opened, and nobody is remembered here. It goes on by itself. */
export function Unreachable() {
  return (
    <main className={styles.page}>
      <Logo size={40} />
      <h1 className={styles.title}>Ping Me can’t be reached</h1>
      <p className={styles.text} role="status">
        Trying again by itself. Check that you are online; there is nothing else to do.
      </p>
    </main>
  );
}
