import { useNavigate } from 'react-router';
import { BrowsePage } from '../../features/channels/browse-page.tsx';
import { ProfilePage } from '../../features/profile/profile-page.tsx';
import { useShellActions } from './shell-actions.ts';
import { SimplePage } from './simple-page.tsx';
import { ThemeChoice } from './theme-choice.tsx';

/** `/browse`. */
export function BrowsePlace() {
  const { onCreateChannel } = useShellActions();
  const navigate = useNavigate();
  return (
    <SimplePage title="Browse channels" subtitle="Anyone can read and join them">
      <BrowsePage onCreateChannel={onCreateChannel} onOpen={(name) => void navigate(`/channels/${name}`)} />
    </SimplePage>
  );
}

/** `/profile`. */
export function ProfilePlace() {
  return (
    <SimplePage title="Your profile">
      <ProfilePage theme={<ThemeChoice />} />
    </SimplePage>
  );
}
