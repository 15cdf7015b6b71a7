import { useState } from 'react';
import type { Channel } from '../../../../core/contract/conversations.ts';
import { GENERAL_CHANNEL_ID } from '../../../../core/contract/ids.ts';
import { leaveChannel } from '../../app/state/conversations-thunks.ts';
import { selectOwnUserId } from '../../app/state/session-selectors.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Note } from '../../components/note.tsx';
import { Panel } from '../../components/panel.tsx';
import { PersonRow } from '../../components/person-row.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { describeError } from '../../lib/api/api-error.ts';
import styles from './channel-panel.module.css';
import type { Members } from './use-members.ts';

interface ChannelPanelProps {
  readonly channel: Channel;
  readonly joined: boolean;
  readonly members: Members;
  readonly onClose: () => void;
  readonly onOpenPerson: (userId: string) => void;
  readonly onLeft: () => void;
}

/** Who is in a channel, what it is about, and the way out of it. */
export function ChannelPanel({
  channel,
  joined,
  members: found,
  onClose,
  onOpenPerson,
  onLeft,
}: ChannelPanelProps) {
  const ownId = useAppSelector(selectOwnUserId);
  const people = useAppSelector((state) => state.people.byId);
  const { userIds, loading, error, loadMore, reload } = found;
  return (
    <Panel title="Members" onClose={onClose}>
      {channel.topic !== undefined && <p className={styles.topic}>{channel.topic}</p>}
      {error !== undefined && (
        <div className={styles.failed}>
          <Note kind="error">{error}</Note>
          <Button onClick={reload}>Try again</Button>
        </div>
      )}
      {loading && userIds.length === 0 && <Skeleton kind="person" rows={5} label="Loading members" />}
      <ul aria-label={`Members of #${channel.name}`}>
        {userIds.map((userId) => {
          const person = people[userId] ?? { userId, firstName: userId, lastName: '' };
          return (
            <li key={userId}>
              <PersonRow person={person} self={userId === ownId} onOpen={onOpenPerson} />
            </li>
          );
        })}
      </ul>
      {loadMore && (
        <Button variant="link" className={styles.more} busy={loading} onClick={loadMore}>
          Show more members
        </Button>
      )}
      {joined && channel.channelId !== GENERAL_CHANNEL_ID && (
        <LeaveChannel channel={channel} onLeft={onLeft} />
      )}
    </Panel>
  );
}

function LeaveChannel({ channel, onLeft }: { readonly channel: Channel; readonly onLeft: () => void }) {
  const dispatch = useAppDispatch();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  async function leave() {
    setBusy(true);
    setError(undefined);
    try {
      await dispatch(leaveChannel(channel.channelId));
      onLeft();
    } catch (failure) {
      setError(describeError(failure));
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className={styles.leave}>
      {error !== undefined && <Note kind="error">{error}</Note>}
      <Button variant="danger" busy={busy} onClick={() => void leave()}>
        Leave #{channel.name}
      </Button>
      <p className={styles.hint}>You can read along and join again at any time.</p>
    </div>
  );
}
