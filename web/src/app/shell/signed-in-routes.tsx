import { Route, Routes } from 'react-router';
import { lazyPart } from '../lazy-part.ts';
import { ChannelPage } from './channel-page.tsx';
import { DirectPage } from './direct-page.tsx';
import { Home } from './home.tsx';
import { Shell } from './shell.tsx';

const BrowsePlace = lazyPart(async () => (await import('./browse-place.tsx')).BrowsePlace);
const ProfilePlace = lazyPart(async () => (await import('./profile-place.tsx')).ProfilePlace);
const NotFoundPage = lazyPart(async () => (await import('./not-found-page.tsx')).NotFoundPage);

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
