import type { ReactNode } from 'react';
import { Logo } from '../../components/logo.tsx';
import styles from './auth-page.module.css';

interface AuthPageProps {
  readonly title: string;
  readonly subtitle: string;
  readonly children: ReactNode;
  /** The way to the other page. */
  readonly footer: ReactNode;
}

/** The card that sign-in and sign-up share. */
export function AuthPage({ title, subtitle, children, footer }: AuthPageProps) {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Logo size={40} />
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.subtitle}>{subtitle}</p>
        {children}
        <p className={styles.footer}>{footer}</p>
      </div>
    </main>
  );
}
