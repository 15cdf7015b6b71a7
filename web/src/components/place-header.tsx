import type { ReactNode } from 'react';
import styles from './place-header.module.css';

interface PlaceHeaderProps {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** The way back to the list, where there is one pane at a time. */
  readonly back: ReactNode;
  readonly sign?: ReactNode;
  readonly children?: ReactNode;
}

/** The head of a place: its name, a word about it, what can be done there. */
export function PlaceHeader({ title, subtitle, back, sign, children }: PlaceHeaderProps) {
  return (
    <header className={styles.header}>
      {back}
      {sign}
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.subtitle} title={subtitle}>
        {subtitle}
      </p>
      {children}
    </header>
  );
}
