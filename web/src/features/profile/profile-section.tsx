import { type ReactNode, useId } from 'react';
import styles from './profile-page.module.css';

/** A part of the profile with its heading. */
export function ProfileSection({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {title}
      </h2>
      <div className={styles.content}>{children}</div>
    </section>
  );
}
