import { Bell } from 'lucide-react';
import type { ReactNode } from 'react';
import { selectPerson } from '../../app/state/people-selectors.ts';
import { selectNotificationPermission } from '../../app/state/preferences-selectors.ts';
import { askForNotifications } from '../../app/state/preferences-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Avatar } from '../../components/avatar.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { PillButton } from '../../components/pill-button.tsx';
import { PlaceHeader } from '../../components/place-header.tsx';

interface DirectHeaderProps {
  readonly peerId: string;
  readonly back: ReactNode;
  readonly profileShown: boolean;
  readonly onProfile: () => void;
}

/** Whom one writes with. Notifications are offered here, quietly, as this is what they are for. */
export function DirectHeader({ peerId, back, profileShown, onProfile }: DirectHeaderProps) {
  const dispatch = useAppDispatch();
  const person = useAppSelector((state) => selectPerson(state, peerId));
  const permission = useAppSelector(selectNotificationPermission);
  const { firstName = '', lastName = '', avatar } = person ?? {};
  return (
    <PlaceHeader
      title={person ? `${firstName} ${lastName}` : peerId}
      subtitle={person && `@${peerId}`}
      back={back}
      sign={
        <Avatar userId={peerId} firstName={firstName} lastName={lastName} picture={avatar} size="small" />
      }
    >
      {permission === 'default' && (
        <IconButton
          label="Notify me of direct messages"
          icon={Bell}
          onClick={() => void dispatch(askForNotifications())}
        />
      )}
      <PillButton aria-expanded={profileShown} onClick={onProfile}>
        Profile
      </PillButton>
    </PlaceHeader>
  );
}
