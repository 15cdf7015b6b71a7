import { useState } from 'react';
import { PASSWORD_MIN_LENGTH } from '../../../../core/contract/limits.ts';
import { changePasswordBodySchema } from '../../../../core/contract/users.ts';
import { changePassword } from '../../app/state/session-thunks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { FormLayout } from '../../components/form-layout.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { FieldError, typed, useForm } from '../../components/use-form.ts';
import { problemCode } from '../../lib/api/api-error.ts';
import styles from './profile-page.module.css';

const LABELS = { currentPassword: 'Current password', newPassword: 'New password' };

/** A new password in exchange for the old one. */
export function PasswordForm() {
  const dispatch = useAppDispatch();
  const [saved, setSaved] = useState(false);
  const form = useForm({
    schema: changePasswordBodySchema,
    labels: LABELS,
    read: (data) => ({
      currentPassword: typed(data, 'currentPassword'),
      newPassword: typed(data, 'newPassword'),
    }),
    submit: async (body, element) => {
      setSaved(false);
      try {
        await dispatch(changePassword(body));
      } catch (error) {
        if (problemCode(error) !== 'wrong_password') throw error;
        throw new FieldError('currentPassword', 'This is not your current password.');
      }
      element.reset();
      setSaved(true);
    },
  });
  return (
    <FormLayout form={form}>
      <PasswordField
        label={LABELS.currentPassword}
        name="currentPassword"
        autoComplete="current-password"
        error={form.errors.currentPassword}
      />
      <PasswordField
        label={LABELS.newPassword}
        name="newPassword"
        autoComplete="new-password"
        hint={`At least ${PASSWORD_MIN_LENGTH} characters, and none of the common ones.`}
        error={form.errors.newPassword}
      />
      <p className={styles.muted}>Changing it signs you out everywhere else.</p>
      <div className={styles.actions}>
        <Button type="submit" busy={form.busy}>
          Change password
        </Button>
        <span role="status" className={styles.done}>
          {saved && 'Changed. Everywhere else you are signed out.'}
        </span>
      </div>
    </FormLayout>
  );
}
