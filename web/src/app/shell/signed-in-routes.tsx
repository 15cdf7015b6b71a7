import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { ChannelPage } from './channel-page.tsx';
import { DirectPage } from './direct-page.tsx';
import { Home } from './home.tsx';
import { Shell } from './shell.tsx';

const BrowsePlace = lazy(async () => ({ default: (await import('./browse-place.tsx')).BrowsePlace }));
const ProfilePlace = lazy(async () => ({ default: (await import('./profile-place.tsx')).ProfilePlace }));
const NotFoundPage = lazy(async () => ({ default: (await import('./not-found-page.tsx')).NotFoundPage }));

/** The addresses of those who are signed in. */
export function SignedInRoutes() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route path="/" element={<Home />} />
        <Route path="/channels/:name" element={<ChannelPage />} />
        <Route path="/messages/:userId" element={<DirectPage />} />
        <Route path="/browse" element={<BrowsePlace />} />
        <Route path="/profile" element={<ProfilePlace />} />
      </Route>
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
