import { Suspense } from 'react';
import { useParams } from 'react-router';
import { GENERAL_CHANNEL_ID } from '../../../../core/contract/ids.ts';
import { ChannelHeader } from '../../features/channels/channel-header.tsx';
import { useMembers } from '../../features/channels/use-members.ts';
import { ChannelBeginning, Welcome } from '../../features/timeline/beginning.tsx';
import { lazyPart } from '../lazy-part.ts';
import type { Conversation } from '../state/conversations-slice.ts';
import { openChannelByName } from '../state/conversations-thunks.ts';
import { useAppSelector } from '../store.ts';
import { BackToList } from './back-to-list.tsx';
import { ConversationFrame } from './conversation-frame.tsx';
import { OpeningFailed } from './opening-failed.tsx';
import { PersonPlace } from './person-place.tsx';
import { useShellActions } from './shell-actions.ts';
import { useOpening } from './use-opening.ts';
import { usePageTitle } from './use-page-title.ts';
import { usePanel } from './use-panel.ts';

const ChannelPanel = lazyPart(
  async () => (await import('../../features/channels/channel-panel.tsx')).ChannelPanel,
);

/** `/channels/<name>`. */
export function ChannelPage() {
  const { name = '' } = useParams();
  const { error, retry } = useOpening(name, openChannelByName);
  const conversation = useAppSelector((state) =>
    Object.values(state.conversations.byId).find(({ channel }) => channel?.name === name),
  );
  const panel = usePanel();
  usePageTitle(`#${name}`);
  if (error !== undefined && !conversation) {
    return <OpeningFailed what={`#${name}`} error={error} onRetry={retry} />;
  }
  if (conversation?.channel) {
    return <KnownChannel conversation={conversation} channel={conversation.channel} />;
  }
  return (
    <ConversationFrame
      conversation={undefined}
      name={`#${name}`}
      header={
        <ChannelHeader name={name} back={<BackToList />} membersShown={false} onMembers={panel.openMembers} />
      }
      beginning={() => null}
      panel={null}
      onOpenPerson={panel.openPerson}
    />
  );
}

interface KnownChannelProps {
  readonly conversation: Conversation;
  readonly channel: NonNullable<Conversation['channel']>;
}

function KnownChannel({ conversation, channel }: KnownChannelProps) {
  const panel = usePanel();
  const actions = useShellActions();
  const members = useMembers(channel.channelId);
  const { name, topic } = channel;
  return (
    <ConversationFrame
      conversation={conversation}
      name={`#${name}`}
      header={
        <ChannelHeader
          name={name}
          topic={topic}
          back={<BackToList />}
          members={members}
          membersShown={panel.members}
          onMembers={panel.members ? panel.close : panel.openMembers}
        />
      }
      beginning={(composer) =>
        channel.channelId === GENERAL_CHANNEL_ID ? (
          <Welcome
            onSayHello={() => composer.current?.focus()}
            onCreateChannel={actions.onCreateChannel}
            onFindPeople={actions.onFindPeople}
          />
        ) : (
          <ChannelBeginning name={name} topic={topic} />
        )
      }
      panel={
        panel.person !== undefined ? (
          <PersonPlace
            key={panel.person}
            userId={panel.person}
            onBack={panel.members ? panel.closePerson : undefined}
            onClose={panel.close}
          />
        ) : panel.members ? (
          <Suspense>
            <ChannelPanel
              channel={channel}
              joined={conversation.joined}
              members={members}
              onClose={panel.close}
              onOpenPerson={panel.openPerson}
              onLeft={panel.close}
            />
          </Suspense>
        ) : null
      }
      onOpenPerson={panel.openPerson}
    />
  );
}
