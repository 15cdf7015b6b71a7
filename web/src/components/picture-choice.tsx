import { useState } from 'react';
import { Choice } from './choice.tsx';
import styles from './picture-choice.module.css';
import { TextField } from './text-field.tsx';
import { typed } from './use-form.ts';

type Kind = 'initials' | 'gravatar' | 'address';

const OPTIONS = [
  { value: 'initials', label: 'Initials' },
  { value: 'gravatar', label: 'Gravatar' },
  { value: 'address', label: 'Address' },
] as const;

const HINTS = {
  initials: 'Drawn from your first and last name.',
  gravatar:
    'The picture that gravatar.com keeps for your e-mail address; others’ browsers load it from there.',
} as const;

/** The choice as the contract takes it: `gravatar`, an address, or undefined for the initials. */
export function readPicture(data: FormData): string | undefined {
  const kind = typed(data, 'pictureKind');
  if (kind === 'gravatar') return 'gravatar';
  return kind === 'address' ? typed(data, 'avatar').trim() : undefined;
}

interface PictureChoiceProps {
  /** The picture's address as it is now. */
  readonly current?: string | undefined;
  readonly error?: string | undefined;
}

/** Which picture stands for somebody: a part of a form, read with `readPicture`. */
export function PictureChoice({ current, error }: PictureChoiceProps) {
  const [kind, setKind] = useState<Kind>(kindOf(current));
  return (
    <div className={styles.picture}>
      <Choice legend="Picture" name="pictureKind" options={OPTIONS} value={kind} onChange={setKind} />
      {kind === 'address' ? (
        <TextField
          label="Picture address"
          name="avatar"
          type="url"
          inputMode="url"
          autoComplete="photo"
          placeholder="https://"
          defaultValue={kindOf(current) === 'address' ? current : undefined}
          hint="An https:// address of a picture. Others’ browsers load it from there."
          error={error}
        />
      ) : (
        <p className={styles.hint}>{HINTS[kind]}</p>
      )}
    </div>
  );
}

function kindOf(current: string | undefined): Kind {
  if (current === undefined) return 'initials';
  return /^https:\/\/([\w-]+\.)?gravatar\.com\//.test(current) ? 'gravatar' : 'address';
}
