import { useState } from 'react';
import { type OwnProfile, updateProfileBodySchema } from '../../../../core/contract/users.ts';
import { updateProfile } from '../../app/state/session-thunks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { Avatar } from '../../components/avatar.tsx';
import { Button } from '../../components/button.tsx';
import { FieldPair, FormLayout } from '../../components/form-layout.tsx';
import { PictureChoice, readPicture } from '../../components/picture-choice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { typed, useForm } from '../../components/use-form.ts';
import styles from './profile-page.module.css';

const LABELS = { firstName: 'First name', lastName: 'Last name', avatar: 'Picture address' };

/** First and last name, and the picture. */
export function NamesForm({ user }: { readonly user: OwnProfile }) {
  const dispatch = useAppDispatch();
  const [saved, setSaved] = useState(false);
  const form = useForm({
    schema: updateProfileBodySchema,
    labels: LABELS,
    read: (data) => ({
      firstName: typed(data, 'firstName'),
      lastName: typed(data, 'lastName'),
      avatar: readPicture(data) ?? null,
    }),
    submit: async (body) => {
      setSaved(false);
      await dispatch(updateProfile(body));
      setSaved(true);
    },
  });
  const { userId, emailId, firstName, lastName, avatar } = user;
  return (
    <FormLayout form={form}>
      <div className={styles.identity}>
        <Avatar userId={userId} firstName={firstName} lastName={lastName} picture={avatar} size="large" />
        <div>
          <p>@{userId}</p>
          <p className={styles.muted}>{emailId}</p>
          <p className={styles.muted}>Nobody else sees your e-mail address.</p>
        </div>
      </div>
      <FieldPair>
        <TextField
          label={LABELS.firstName}
          name="firstName"
          autoComplete="given-name"
          defaultValue={firstName}
          error={form.errors.firstName}
        />
        <TextField
          label={LABELS.lastName}
          name="lastName"
          autoComplete="family-name"
          defaultValue={lastName}
          error={form.errors.lastName}
        />
      </FieldPair>
      <PictureChoice current={avatar} error={form.errors.avatar} />
      <div className={styles.actions}>
        <Button variant="primary" type="submit" busy={form.busy}>
          Save profile
        </Button>
        <span role="status" className={styles.done}>
          {saved && 'Saved.'}
        </span>
      </div>
    </FormLayout>
  );
}
