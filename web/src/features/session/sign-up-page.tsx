import { Link } from 'react-router';
import { PASSWORD_MIN_LENGTH } from '../../../../core/contract/limits.ts';
import { signUpBodySchema } from '../../../../core/contract/users.ts';
import { signUp } from '../../app/state/session-thunks.ts';
import { useAppDispatch } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { FieldPair, FormLayout } from '../../components/form-layout.tsx';
import { PasswordField } from '../../components/password-field.tsx';
import { PictureChoice, readPicture } from '../../components/picture-choice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { typed, useForm } from '../../components/use-form.ts';
import { AuthPage } from './auth-page.tsx';

const LABELS = {
  userId: 'User name',
  emailId: 'E-mail',
  firstName: 'First name',
  lastName: 'Last name',
  password: 'Password',
  avatar: 'Picture address',
};

/** `/sign-up`. */
export function SignUpPage() {
  const dispatch = useAppDispatch();
  const form = useForm({
    schema: signUpBodySchema,
    labels: LABELS,
    read: (data) => ({
      userId: typed(data, 'userId').trim().toLowerCase(),
      emailId: typed(data, 'emailId'),
      firstName: typed(data, 'firstName'),
      lastName: typed(data, 'lastName'),
      password: typed(data, 'password'),
      avatar: readPicture(data),
    }),
    submit: (body) => dispatch(signUp(body)),
  });
  return (
    <AuthPage
      title="Create your account"
      subtitle="One account, every channel. It takes a minute."
      footer={
        <>
          Been here before? <Link to="/login">Sign in</Link>
        </>
      }
    >
      <FormLayout form={form}>
        <TextField
          label={LABELS.userId}
          name="userId"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          hint="2 to 32 characters: a–z, 0–9, dot, underscore and hyphen. It stays as it is."
          error={form.errors.userId}
        />
        <TextField
          label={LABELS.emailId}
          name="emailId"
          type="email"
          autoComplete="email"
          hint="Nobody else sees it."
          error={form.errors.emailId}
        />
        <FieldPair>
          <TextField
            label={LABELS.firstName}
            name="firstName"
            autoComplete="given-name"
            error={form.errors.firstName}
          />
          <TextField
            label={LABELS.lastName}
            name="lastName"
            autoComplete="family-name"
            error={form.errors.lastName}
          />
        </FieldPair>
        <PasswordField
          label={LABELS.password}
          name="password"
          autoComplete="new-password"
          hint={`At least ${PASSWORD_MIN_LENGTH} characters, and none of the common ones. A few words make a good one.`}
          error={form.errors.password}
        />
        <PictureChoice error={form.errors.avatar} />
        <Button variant="primary" type="submit" wide busy={form.busy}>
          Create account
        </Button>
      </FormLayout>
    </AuthPage>
  );
}
