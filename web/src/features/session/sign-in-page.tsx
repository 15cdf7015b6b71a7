import { Link } from 'react-router';
import { signInBodySchema } from '../../../../core/contract/users.ts';
import { selectSession } from '../../app/state/session-selectors.ts';
import { signIn } from '../../app/state/session-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { FormLayout } from '../../components/form-layout.tsx';
import { Note } from '../../components/note.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { FieldError, typed, useForm } from '../../components/use-form.ts';
import { problemCode } from '../../lib/api/api-error.ts';
import { AuthPage } from './auth-page.tsx';
import { SIGNED_OUT_NOTICES } from './signed-out-notices.ts';

const LABELS = { login: 'User name or e-mail', password: 'Password' };

/** `/login`. Where it leads afterwards is the routes' business. */
export function SignInPage() {
  const dispatch = useAppDispatch();
  const { signedOutReason } = useAppSelector(selectSession);
  const notice = signedOutReason === null ? undefined : SIGNED_OUT_NOTICES[signedOutReason];
  const form = useForm({
    schema: signInBodySchema,
    labels: LABELS,
    read: (data) => ({ login: typed(data, 'login'), password: typed(data, 'password') }),
    submit: async (body) => {
      try {
        await dispatch(signIn(body));
      } catch (error) {
        if (problemCode(error) !== 'invalid_credentials') throw error;
        throw new FieldError(
          'password',
          'That user name and password don’t belong together. Check both and try again.',
        );
      }
    },
  });
  return (
    <AuthPage
      title="Sign in to Ping Me"
      subtitle="Messages that arrive, whatever breaks."
      footer={
        <>
          New here? <Link to="/sign-up">Create an account</Link>
        </>
      }
    >
      <FormLayout form={form}>
        {notice !== undefined && form.error === undefined && <Note kind="notice">{notice}</Note>}
        <TextField
          label={LABELS.login}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          error={form.errors.login}
        />
        <PasswordField
          label={LABELS.password}
          name="password"
          autoComplete="current-password"
          error={form.errors.password}
        />
        <Button variant="primary" type="submit" wide busy={form.busy}>
          Sign in
        </Button>
      </FormLayout>
    </AuthPage>
  );
}
