import type { Profile } from '../../../core/contract/users.ts';
import { Avatar } from './avatar.tsx';
import type { FinderOption } from './finder.tsx';

export interface PersonOption extends FinderOption {
  readonly userId: string;
}

/** A person as something to choose. */
export function personOption({ userId, firstName, lastName, avatar }: Profile, self: boolean): PersonOption {
  return {
    key: `person-${userId}`,
    userId,
    sign: <Avatar userId={userId} firstName={firstName} lastName={lastName} picture={avatar} size="small" />,
    title: `${firstName} ${lastName}`,
    detail: self ? `@${userId} · you` : `@${userId}`,
  };
}
