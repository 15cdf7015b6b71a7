import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { classes } from './classes.ts';
import styles from './dialog.module.css';
import { IconButton } from './icon-button.tsx';

interface DialogProps {
  readonly title: string;
  /** The heading is for those who listen only: the dialog's first control says to all others what it is. */
  readonly titleHidden?: boolean;
  readonly size?: 'narrow' | 'wide';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A modal dialog. The browser's own: it traps focus, closes on Esc, and gives focus back to where it was. A press beside
 * it closes it too.
 */
export function Dialog({ title, titleHidden = false, size = 'narrow', onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const close = useRef(onClose);
  useEffect(() => {
    close.current = onClose;
  });
  // A layout effect: its clean-up runs while the element is still in the document, so that focus can go back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  useEffect(() => {
    const dialog = ref.current;
    // The element's own listeners, as React has no `cancel` that works for key and gesture alike.
    const onCancel = (event: Event) => {
      event.preventDefault();
      close.current();
    };
    const onPress = (event: PointerEvent) => {
      if (event.target === dialog) close.current();
    };
    dialog?.addEventListener('cancel', onCancel);
    dialog?.addEventListener('pointerdown', onPress);
    return () => {
      dialog?.removeEventListener('cancel', onCancel);
      dialog?.removeEventListener('pointerdown', onPress);
    };
  }, []);
  return (
    <dialog ref={ref} className={classes(styles.dialog, styles[size])} aria-labelledby={titleId}>
      <div className={styles.body}>
        <h2 id={titleId} className={classes(styles.title, titleHidden && 'visually-hidden')}>
          {title}
        </h2>
        {children}
        {!titleHidden && (
          <IconButton className={styles.close} label="Close" keys="Esc" icon={X} onClick={onClose} />
        )}
      </div>
    </dialog>
  );
}

/** The row of buttons that ends a dialog; the first is the one that acts. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
