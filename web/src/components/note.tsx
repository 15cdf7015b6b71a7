import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './note.module.css';

interface NoteProps {
  /** `error` is announced at once; `notice` politely; `plain` not at all, as it is there from the start. */
  readonly kind: 'error' | 'notice' | 'plain';
  readonly children: ReactNode;
}

const ROLES = { error: 'alert', notice: 'status', plain: undefined } as const;

/** A sentence about what happened and what to do, next to where it happened. */
export function Note({ kind, children }: NoteProps) {
  return (
    <div className={classes(styles.note, styles[kind])} role={ROLES[kind]}>
      {children}
    </div>
  );
}
