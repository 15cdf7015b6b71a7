import type { ComponentProps } from 'react';
import styles from './pill-button.module.css';

/** A quiet button in the head of a place. */
export function PillButton(props: Omit<ComponentProps<'button'>, 'className' | 'type'>) {
  return <button {...props} type="button" className={styles.pill} />;
}
