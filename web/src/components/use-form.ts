import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { describeError, fieldMessages } from '../lib/api/api-error.ts';

/** A schema of the contract, as far as a form needs it. */
interface BodySchema<Body> {
  safeParse(values: unknown):
    | { readonly success: true; readonly data: Body }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      };
}

interface FormOptions<Body> {
  readonly schema: BodySchema<Body>;
  /** What each field is called on the page, by its name in the body. */
  readonly labels: Readonly<Record<string, string>>;
  /** The body as typed, before the schema has seen it. */
  readonly read: (data: FormData) => unknown;
  /** Rejects with `ApiError`, or with `FieldError` where the refusal belongs to a field that the service did not name. */
  readonly submit: (body: Body, form: HTMLFormElement) => Promise<unknown>;
}

export interface Form {
  readonly ref: RefObject<HTMLFormElement | null>;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly onInput: (event: FormEvent<HTMLFormElement>) => void;
  readonly busy: boolean;
  /** A sentence per wrong field, by name. */
  readonly errors: Readonly<Record<string, string>>;
  /** What is wrong as a whole. */
  readonly error: string | undefined;
}

function sentence(label: string | undefined, message: string): string {
  const text = label !== undefined && /^\p{Ll}/u.test(message) ? `${label} ${message}` : message;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A refusal that belongs to a field although the service did not say so, such as a wrong password. */
export class FieldError extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = 'FieldError';
    this.field = field;
  }
}

/**
 * A form of uncontrolled fields, checked against the contract's own schema before it is sent. Wrong fields, ours or the
 * server's, get a sentence each, and focus goes to the first of them. What was typed stays.
 */
export function useForm<Body>({ schema, labels, read, submit }: FormOptions<Body>): Form {
  const ref = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<string>();
  const [refusals, setRefusals] = useState(0);

  useEffect(() => {
    if (refusals > 0) ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);

  function refuse(messages: Readonly<Record<string, string>>, otherwise: string | undefined): void {
    const known: Record<string, string> = {};
    let unknown = otherwise;
    for (const [field, message] of Object.entries(messages)) {
      const label = labels[field];
      if (label === undefined) unknown ??= sentence(field, message);
      else known[field] = sentence(label, message);
    }
    setErrors(known);
    setError(unknown);
    setRefusals((count) => count + 1);
  }

  async function send(form: HTMLFormElement): Promise<void> {
    const parsed = schema.safeParse(read(new FormData(form)));
    if (!parsed.success) {
      // Reversed, so that of several issues of one field the first is kept.
      const issues = parsed.error.issues.map(
        (issue) => [String(issue.path[0] ?? ''), issue.message] as const,
      );
      refuse(Object.fromEntries(issues.reverse()), undefined);
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await submit(parsed.data, form);
      setErrors({});
    } catch (failure) {
      if (failure instanceof FieldError) refuse({ [failure.field]: failure.message }, undefined);
      else {
        const fields = fieldMessages(failure);
        refuse(
          fields,
          Object.keys(fields).length > 0 ? undefined : sentence(undefined, describeError(failure)),
        );
      }
    } finally {
      setBusy(false);
    }
  }

  return {
    ref,
    busy,
    errors,
    error,
    onSubmit: (event) => {
      event.preventDefault();
      if (!busy) void send(event.currentTarget);
    },
    onInput: (event) => {
      const name = event.target instanceof HTMLInputElement ? event.target.name : '';
      if (errors[name] === undefined) return;
      const { [name]: _, ...others } = errors;
      setErrors(others);
    },
  };
}

/** What was typed into a field. */
export function typed(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}
