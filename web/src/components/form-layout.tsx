import type { ReactNode } from 'react';
import styles from './form-layout.module.css';
import { Note } from './note.tsx';
import type { Form } from './use-form.ts';

interface FormLayoutProps {
  readonly form: Form;
  readonly children: ReactNode;
}

/** The fields of a form one below the other, with what is wrong as a whole above them. */
export function FormLayout({ form, children }: FormLayoutProps) {
  return (
    <form ref={form.ref} className={styles.form} noValidate onSubmit={form.onSubmit} onInput={form.onInput}>
      {form.error !== undefined && <Note kind="error">{form.error}</Note>}
      {children}
    </form>
  );
}

/** Two short fields side by side, where there is room. */
export function FieldPair({ children }: { readonly children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>;
}
