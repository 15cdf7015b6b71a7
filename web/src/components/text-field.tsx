import { type ComponentProps, type ReactNode, useId } from 'react';
import { classes } from './classes.ts';
import styles from './text-field.module.css';

export interface TextFieldProps
  extends Omit<ComponentProps<'input'>, 'id' | 'aria-invalid' | 'aria-describedby'> {
  readonly label: string;
  /** The rule, told before it is hit. */
  readonly hint?: ReactNode;
  /** What is wrong with it: one sentence. */
  readonly error?: string | undefined;
  /** Stands inside the field, at its end. */
  readonly trailing?: ReactNode;
}

/** A line of text with its label, its rule and what is wrong with it, all tied together for those who listen. */
export function TextField({ label, hint, error, trailing, className, ...input }: TextFieldProps) {
  const id = useId();
  // What is wrong says the rule again, so it takes the rule's place.
  const told = error ?? hint;
  const toldId = told === undefined ? undefined : `${id}-told`;
  return (
    <div className={classes(styles.field, className)}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.box}>
        <input
          {...input}
          id={id}
          className={styles.input}
          aria-invalid={error !== undefined}
          aria-describedby={toldId}
        />
        {trailing}
      </div>
      {told !== undefined && (
        <p id={toldId} className={error === undefined ? styles.hint : styles.error}>
          {told}
        </p>
      )}
    </div>
  );
}
