import type { Profile } from '../../../core/contract/users.ts';
import { Avatar } from './avatar.tsx';
import styles from './person-row.module.css';

interface PersonRowProps {
  readonly person: Profile;
  readonly self: boolean;
  readonly onOpen: (userId: string) => void;
}

/** A person in a list. */
export function PersonRow({ person, self, onOpen }: PersonRowProps) {
  const { userId, firstName, lastName, avatar } = person;
  return (
    <button type="button" className={styles.person} onClick={() => onOpen(userId)}>
      <Avatar userId={userId} firstName={firstName} lastName={lastName} picture={avatar} size="medium" />
      <span className={styles.names}>
        <span className={styles.name}>
          {firstName} {lastName}
          {self && <span className={styles.userId}> (you)</span>}
        </span>
        <span className={styles.userId}>@{userId}</span>
      </span>
    </button>
  );
}
