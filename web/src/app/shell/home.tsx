import { Navigate } from 'react-router';
import { GENERAL_CHANNEL_NAME } from '../../../../core/contract/ids.ts';
import { ONE_PANE, useMediaQuery } from '../../components/use-media-query.ts';
import { selectConversationPath, selectLastConversationId } from '../state/conversations-selectors.ts';
import { useAppSelector } from '../store.ts';
import { usePageTitle } from './use-page-title.ts';

/** `/`: the last conversation, or `general`. Where there is one pane at a time it is the list, and this only its heading. */
export function Home() {
  const onePane = useMediaQuery(ONE_PANE);
  const last = useAppSelector((state) => {
    const id = selectLastConversationId(state);
    return id === null ? null : selectConversationPath(state, id);
  });
  usePageTitle();
  if (onePane) {
    return (
      <main className="visually-hidden">
        <h1>Conversations</h1>
      </main>
    );
  }
  return <Navigate to={last ?? `/channels/${GENERAL_CHANNEL_NAME}`} replace />;
}
