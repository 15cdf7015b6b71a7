import { MessageSquare, UserRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { selectPerson } from '../../app/state/people-selectors.ts';
import { readPerson } from '../../app/state/people-thunks.ts';
import { selectOwnUserId } from '../../app/state/session-selectors.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Avatar } from '../../components/avatar.tsx';
import { Button } from '../../components/button.tsx';
import { Note } from '../../components/note.tsx';
import { Panel } from '../../components/panel.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { describeError } from '../../lib/api/api-error.ts';
import styles from './person-panel.module.css';

interface PersonPanelProps {
  readonly userId: string;
  readonly onClose: () => void;
  readonly onBack?: (() => void) | undefined;
  readonly onWrite: (userId: string) => void;
  readonly onEditOwn: () => void;
}

/** Somebody's profile. What is known shows at once, and is read anew. */
export function PersonPanel({ userId, onClose, onBack, onWrite, onEditOwn }: PersonPanelProps) {
  const dispatch = useAppDispatch();
  const person = useAppSelector((state) => selectPerson(state, userId));
  const self = useAppSelector((state) => selectOwnUserId(state) === userId);
  const [error, setError] = useState<string>();
  useEffect(() => {
    let wanted = true;
    setError(undefined);
    dispatch(readPerson(userId)).catch((failure: unknown) => {
      if (wanted) setError(describeError(failure));
    });
    return () => {
      wanted = false;
    };
  }, [dispatch, userId]);
  return (
    <Panel title="Profile" onClose={onClose} onBack={onBack}>
      {person ? (
        <div className={styles.person}>
          <Avatar
            userId={userId}
            firstName={person.firstName}
            lastName={person.lastName}
            picture={person.avatar}
            size="large"
          />
          <h3 className={styles.name}>
            {person.firstName} {person.lastName}
          </h3>
          <p className={styles.userId}>@{userId}</p>
          <div className={styles.actions}>
            {self && (
              <Button onClick={onEditOwn}>
                <UserRound size={16} aria-hidden="true" /> Edit your profile
              </Button>
            )}
            <Button variant={self ? 'secondary' : 'primary'} onClick={() => onWrite(userId)}>
              <MessageSquare size={16} aria-hidden="true" /> {self ? 'Notes to yourself' : 'Message'}
            </Button>
          </div>
        </div>
      ) : (
        error === undefined && <Skeleton kind="person" rows={1} label="Loading profile" />
      )}
      {error !== undefined && !person && <Note kind="error">{error}</Note>}
    </Panel>
  );
}
