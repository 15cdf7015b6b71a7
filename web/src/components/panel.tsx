import { ArrowLeft, X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './icon-button.tsx';
import styles from './panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly onClose: () => void;
  /** The panel that this one came from, if any. */
  readonly onBack?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** What comes up at the right of a conversation. Focus goes to its heading, and back to where it was when it closes. */
export function Panel({ title, onClose, onBack, children }: PanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    heading.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside className={styles.panel} aria-labelledby={titleId} data-region tabIndex={-1}>
      <div className={styles.header}>
        {onBack && <IconButton label="Back" icon={ArrowLeft} onClick={onBack} />}
        <h2 ref={heading} id={titleId} className={styles.title} tabIndex={-1}>
          {title}
        </h2>
        <IconButton label={`Close ${title.toLowerCase()}`} keys="Esc" icon={X} onClick={onClose} />
      </div>
      <div className={styles.body}>{children}</div>
    </aside>
  );
}
