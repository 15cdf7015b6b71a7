import { type ReactNode, useEffect, useRef } from 'react';
import { PlaceHeader } from '../../components/place-header.tsx';
import { ConnectionBanner } from '../../features/notices/connection-banner.tsx';
import { BackToList } from './back-to-list.tsx';
import styles from './simple-page.module.css';
import { usePageTitle } from './use-page-title.ts';

interface SimplePageProps {
  readonly title: string;
  readonly subtitle?: string;
  readonly children: ReactNode;
}

/** A place that is no conversation. Focus goes to it, so that reading starts there. */
export function SimplePage({ title, subtitle, children }: SimplePageProps) {
  const main = useRef<HTMLElement>(null);
  usePageTitle(title);
  useEffect(() => main.current?.focus(), []);
  return (
    <main ref={main} className={styles.main} data-region tabIndex={-1} aria-label={title}>
      <PlaceHeader title={title} subtitle={subtitle} back={<BackToList />} />
      <ConnectionBanner />
      <div className={styles.scroller}>{children}</div>
    </main>
  );
}
