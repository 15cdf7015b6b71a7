import { Component, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Logo } from '../../components/logo.tsx';
import styles from './unreachable.module.css';

interface PageFailedProps {
  readonly children: ReactNode;
}

/** Stands for the page where it could not be drawn, which mostly means that a part of it could not be fetched. */
export class PageFailed extends Component<PageFailedProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main className={styles.page}>
        <Logo size={40} />
        <h1 className={styles.title}>A part of the page is missing</h1>
        <p className={styles.text} role="alert">
          It could not be loaded. Check that you are online, then load the page again: drafts and unsent
          messages are kept.
        </p>
        <Button variant="primary" onClick={() => location.reload()}>
          Load again
        </Button>
      </main>
    );
  }
}
