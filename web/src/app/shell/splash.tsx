import { Logo } from '../../components/logo.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import frame from './shell.module.css';
import styles from './splash.module.css';

/** The frame of the page in grey, while it is asked who is signed in. It never looks like being signed out. */
export function Splash() {
  return (
    <div className={frame.shell} aria-busy="true">
      <aside className={frame.rail} aria-label="Conversations">
        <div className={styles.product}>
          <Logo size={28} />
          Ping Me
        </div>
        <div className={styles.rows}>
          <Skeleton kind="line" rows={6} label="Loading conversations" />
        </div>
      </aside>
      <main className={frame.place}>
        <h1 className="visually-hidden">Ping Me</h1>
        <div className={styles.messages}>
          <Skeleton kind="person" rows={9} label="Loading messages" />
        </div>
      </main>
    </div>
  );
}
