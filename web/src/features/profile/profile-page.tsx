import type { ReactNode } from 'react';
import { selectOwnUser } from '../../app/state/session-selectors.ts';
import { useAppSelector } from '../../app/store.ts';
import { NamesForm } from './names-form.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { PasswordForm } from './password-form.tsx';
import styles from './profile-page.module.css';
import { ProfileSection } from './profile-section.tsx';

interface ProfilePageProps {
  /** The choice of light and dark. */
  readonly theme: ReactNode;
}

/** `/profile`: everything about oneself that one can change. */
export function ProfilePage({ theme }: ProfilePageProps) {
  const user = useAppSelector(selectOwnUser);
  if (user === null) return null;
  return (
    <div className={styles.page}>
      <ProfileSection title="Name and picture">
        <NamesForm user={user} />
      </ProfileSection>
      <ProfileSection title="Password">
        <PasswordForm />
      </ProfileSection>
      <ProfileSection title="Notifications">
        <NotificationsSection />
      </ProfileSection>
      <ProfileSection title="Appearance">{theme}</ProfileSection>
    </div>
  );
}
