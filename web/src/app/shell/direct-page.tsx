import { useParams } from 'react-router';
import { directConversationId } from '../../../../core/domain/conversation.ts';
import { PlaceHeader } from '../../components/place-header.tsx';
import { DirectHeader } from '../../features/people/direct-header.tsx';
import { DirectBeginning, NotebookBeginning } from '../../features/timeline/beginning.tsx';
import { selectConversation } from '../state/conversations-selectors.ts';
import { openDirectMessageWith } from '../state/conversations-thunks.ts';
import { selectDisplayName, selectPerson } from '../state/people-selectors.ts';
import { selectOwnUserId } from '../state/session-selectors.ts';
import { useAppSelector } from '../store.ts';
import { BackToList } from './back-to-list.tsx';
import { ConversationFrame } from './conversation-frame.tsx';
import { OpeningFailed } from './opening-failed.tsx';
import { PersonPlace } from './person-place.tsx';
import { useOpening } from './use-opening.ts';
import { usePageTitle } from './use-page-title.ts';
import { usePanel } from './use-panel.ts';

const NOTEBOOK = 'Notes to yourself';

/** `/messages/<userId>`; with the own id it is the notebook. */
export function DirectPage() {
  const { userId = '' } = useParams();
  const { error, retry } = useOpening(userId, openDirectMessageWith);
  const ownId = useAppSelector(selectOwnUserId) ?? '';
  const conversation = useAppSelector((state) =>
    selectConversation(state, directConversationId(ownId, userId)),
  );
  const peer = useAppSelector((state) => selectPerson(state, userId));
  const displayName = useAppSelector((state) => selectDisplayName(state, userId));
  const panel = usePanel();
  const notebook = userId === ownId;
  const name = notebook ? NOTEBOOK : displayName;
  usePageTitle(name);
  if (error !== undefined && !conversation) {
    return <OpeningFailed what={`@${userId}`} error={error} onRetry={retry} />;
  }
  return (
    <ConversationFrame
      conversation={conversation}
      name={name}
      to={notebook ? 'yourself' : name}
      header={
        notebook ? (
          <PlaceHeader title={NOTEBOOK} subtitle="Only you can read them" back={<BackToList />} />
        ) : (
          <DirectHeader
            peerId={userId}
            back={<BackToList />}
            profileShown={panel.person === userId}
            onProfile={() => (panel.person === userId ? panel.close() : panel.openPerson(userId))}
          />
        )
      }
      beginning={() => (notebook ? <NotebookBeginning /> : peer && <DirectBeginning peer={peer} />)}
      panel={
        panel.person === undefined ? null : (
          <PersonPlace key={panel.person} userId={panel.person} onClose={panel.close} />
        )
      }
      onOpenPerson={panel.openPerson}
    />
  );
}
