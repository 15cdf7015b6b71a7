import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classes } from './classes.ts';
import styles from './icon-button.module.css';

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label' | 'title'> {
  /** What it does; read aloud, and shown on hover. */
  readonly label: string;
  /** Keys that do the same, shown on hover behind the label. */
  readonly keys?: string;
  readonly icon: LucideIcon;
}

/** A button that is only a sign. */
export function IconButton({
  label,
  keys,
  icon: Icon,
  type = 'button',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classes(styles.button, className)}
      aria-label={label}
      title={keys === undefined ? label : `${label} (${keys})`}
    >
      <Icon size={18} strokeWidth={2} aria-hidden="true" />
    </button>
  );
}
