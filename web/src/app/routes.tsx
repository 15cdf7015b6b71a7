import { Suspense } from 'react';
import { Navigate, useLocation } from 'react-router';
import { lazyPart } from './lazy-part.ts';
import { Splash } from './shell/splash.tsx';
import { Unreachable } from './shell/unreachable.tsx';
import { usePageTitle } from './shell/use-page-title.ts';
import { selectSession } from './state/session-selectors.ts';
import { useAppSelector } from './store.ts';

const SESSION_PATHS = ['/login', '/sign-up'];

const loadSignedIn = () => import('./shell/signed-in-routes.tsx');
const loadSession = () => import('../features/session/session-pages.tsx');
// What the address will most likely need is fetched while it is asked who is signed in.
void (SESSION_PATHS.includes(location.pathname) ? loadSession() : loadSignedIn());

const SignedInRoutes = lazyPart(async () => (await loadSignedIn()).SignedInRoutes);
const SessionPages = lazyPart(async () => (await loadSession()).SessionPages);

/** Every address of the page, for those who are signed in and for those who are not. */
export function AppRoutes() {
  const { status } = useAppSelector(selectSession);
  if (status === 'starting') return <Splash />;
  if (status === 'unreachable') return <Unreachable />;
  return <Suspense fallback={<Splash />}>{status === 'signed-in' ? <SignedIn /> : <SignedOut />}</Suspense>;
}

function SignedIn() {
  const { pathname, state } = useLocation();
  return SESSION_PATHS.includes(pathname) ? <Navigate to={destination(state)} replace /> : <SignedInRoutes />;
}

function SignedOut() {
  const { signedOutReason } = useAppSelector(selectSession);
  const { pathname, search } = useLocation();
  usePageTitle(pathname === '/sign-up' ? 'Create an account' : 'Sign in');
  if (SESSION_PATHS.includes(pathname)) return <SessionPages />;
  // Whoever signed out on purpose has left the place; whoever lost the session comes back to it.
  const state = signedOutReason === 'signed-out' ? null : { from: pathname + search };
  return <Navigate to="/login" state={state} replace />;
}

/** Where one was going when it turned out that one has to sign in. */
function destination(state: unknown): string {
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : undefined;
  // Only an address of this page: "//elsewhere" would be one of another site.
  return typeof from === 'string' && /^\/(?!\/)/.test(from) ? from : '/';
}
