import { ProfilePage } from '../../features/profile/profile-page.tsx';
import { SimplePage } from './simple-page.tsx';
import { ThemeChoice } from './theme-choice.tsx';

/** `/profile`. */
export function ProfilePlace() {
  return (
    <SimplePage title="Your profile">
      <ProfilePage theme={<ThemeChoice />} />
    </SimplePage>
  );
}
