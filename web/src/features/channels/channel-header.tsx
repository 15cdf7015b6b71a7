import { Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { selectPerson } from '../../app/state/people-selectors.ts';
import { useAppSelector } from '../../app/store.ts';
import { Avatar } from '../../components/avatar.tsx';
import { PillButton } from '../../components/pill-button.tsx';
import { PlaceHeader } from '../../components/place-header.tsx';
import type { Members } from './use-members.ts';

interface ChannelHeaderProps {
  readonly name: string;
  readonly topic?: string | undefined;
  readonly back: ReactNode;
  /** Absent while the channel is not known yet. */
  readonly members?: Members;
  readonly membersShown: boolean;
  readonly onMembers: () => void;
}

/** The channel's name, what it is about, and who is in it. */
export function ChannelHeader({ name, topic, back, members, membersShown, onMembers }: ChannelHeaderProps) {
  const first = useAppSelector((state) => selectPerson(state, members?.userIds[0] ?? ''));
  return (
    <PlaceHeader title={`#${name}`} subtitle={topic} back={back}>
      <PillButton aria-expanded={membersShown} onClick={onMembers}>
        {first ? (
          <Avatar
            userId={first.userId}
            firstName={first.firstName}
            lastName={first.lastName}
            picture={first.avatar}
            size="small"
          />
        ) : (
          <Users size={16} aria-hidden="true" />
        )}
        {members?.count ?? 'Members'}
      </PillButton>
    </PlaceHeader>
  );
}
