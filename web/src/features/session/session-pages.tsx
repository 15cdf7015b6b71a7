import { Route, Routes } from 'react-router';
import { SignInPage } from './sign-in-page.tsx';
import { SignUpPage } from './sign-up-page.tsx';

/** The addresses of those who are not signed in. */
export function SessionPages() {
  return (
    <Routes>
      <Route path="/login" element={<SignInPage />} />
      <Route path="/sign-up" element={<SignUpPage />} />
    </Routes>
  );
}
