import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classes } from './classes.ts';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  readonly variant?: 'primary' | 'secondary' | 'danger' | 'link';
  /** Work is under way: further presses do nothing, and focus stays where it is (a disabled button would lose it). */
  readonly busy?: boolean;
  readonly wide?: boolean;
}

/** A button with words on it. */
export function Button({
  variant = 'secondary',
  busy = false,
  wide = false,
  type = 'button',
  className,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classes(styles.button, styles[variant], wide && styles.wide, className)}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
