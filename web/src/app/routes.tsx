import { lazy, Suspense } from 'react';
import { Navigate, Outlet, Route, Routes, useLocation } from 'react-router';
import { selectSession } from './state/session-selectors.ts';
import { useAppSelector } from './store.ts';
import { Splash } from './shell/splash.tsx';
import { Unreachable } from './shell/unreachable.tsx';

const Shell = lazy(async () => ({ default: (await import('./shell/shell.tsx')).Shell }));
const ChannelPage = lazy(async () => ({ default: (await import('./shell/channel-page.tsx')).ChannelPage }));
const DirectPage = lazy(async () => ({ default: (await import('./shell/direct-page.tsx')).DirectPage }));
const Home = lazy(async () => ({ default: (await import('./shell/home.tsx')).Home }));
const BrowsePlace = lazy(async () => ({ default: (await import('./shell/pages.tsx')).BrowsePlace }));
const ProfilePlace = lazy(async () => ({ default: (await import('./shell/pages.tsx')).ProfilePlace }));
const SignInPage = lazy(async () => ({
  default: (await import('../features/session/sign-in-page.tsx')).SignInPage,
}));
const SignUpPage = lazy(async () => ({
  default: (await import('../features/session/sign-up-page.tsx')).SignUpPage,
}));
const NotFoundPage = lazy(async () => ({ default: (await import('./shell/not-found-page.tsx')).NotFoundPage }));

/** Every address of the page. */
export function AppRoutes() {
  return (
    <Suspense fallback={<Splash />}>
      <Routes>
        <Route element={<SignedOutOnly />}>
          <Route path="/login" element={<SignInPage />} />
          <Route path="/sign-up" element={<SignUpPage />} />
        </Route>
        <Route element={<SignedInOnly />}>
          <Route element={<Shell />}>
            <Route path="/" element={<Home />} />
            <Route path="/channels/:name" element={<ChannelPage />} />
            <Route path="/messages/:userId" element={<DirectPage />} />
            <Route path="/browse" element={<BrowsePlace />} />
            <Route path="/profile" element={<ProfilePlace />} />
          </Route>
        </Route>
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </Suspense>
  );
}

/** Where one was going when it turned out that one has to sign in. */
function destination(state: unknown): string {
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : undefined;
  // Only an address of this page: "//elsewhere" would be one of another site.
  return typeof from === 'string' && /^\/(?!\/)/.test(from) ? from : '/';
}

function SignedOutOnly() {
  const { status } = useAppSelector(selectSession);
  const { state } = useLocation();
  if (status === 'signed-in') return <Navigate to={destination(state)} replace />;
  if (status === 'unreachable') return <Unreachable />;
  return status === 'starting' ? <Splash /> : <Outlet />;
}

function SignedInOnly() {
  const { status, signedOutReason } = useAppSelector(selectSession);
  const { pathname, search } = useLocation();
  if (status === 'starting') return <Splash />;
  if (status === 'unreachable') return <Unreachable />;
  if (status === 'signed-in') return <Outlet />;
  // Whoever signed out on purpose has left the place; whoever lost the session comes back to it.
  const state = signedOutReason === 'signed-out' ? null : { from: pathname + search };
  return <Navigate to="/login" state={state} replace />;
}
