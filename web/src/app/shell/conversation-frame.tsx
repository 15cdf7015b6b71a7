import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useMediaQuery } from '../../components/use-media-query.ts';
import { Composer, type ComposerHandle } from '../../features/composer/composer.tsx';
import { JoinOffer } from '../../features/composer/join-offer.tsx';
import { ConnectionBanner } from '../../features/notices/connection-banner.tsx';
import { TimelinePane } from '../../features/timeline/timeline-pane.tsx';
import type { Conversation } from '../state/conversations-slice.ts';
import styles from './conversation-frame.module.css';

interface ConversationFrameProps {
  /** Absent while it is not known yet. */
  readonly conversation: Conversation | undefined;
  /** "#general", "Deanne Kim". */
  readonly name: string;
  /** Whom or what one writes to, where that is not its name. */
  readonly to?: string;
  readonly header: ReactNode;
  readonly beginning: (composer: RefObject<ComposerHandle | null>) => ReactNode;
  readonly panel: ReactNode;
  readonly onOpenPerson: (userId: string) => void;
}

/** Under this width the panel covers the conversation (CSS says the same). */
const COVERED = '(max-width: 899.98px)';
/** Focus in the composer brings the keyboard up where there is only a screen, over what one came to read. */
const TYPED_ON_GLASS = '(pointer: coarse) and (hover: none)';

/** A conversation: its head, its messages, the place to write; and the panel beside it. */
export function ConversationFrame({
  conversation,
  name,
  to = name,
  header,
  beginning,
  panel,
  onOpenPerson,
}: ConversationFrameProps) {
  const composer = useRef<ComposerHandle>(null);
  const covered = useMediaQuery(COVERED) && panel !== null;
  const onGlass = useMediaQuery(TYPED_ON_GLASS);
  const id = conversation?.conversationId;
  useEffect(() => {
    if (id !== undefined && !onGlass) composer.current?.focus();
  }, [id, onGlass]);

  const panelShown = panel !== null;
  const wasShown = useRef(false);
  useEffect(() => {
    // A panel that was there from the start has nowhere to give its focus back to.
    if (wasShown.current && !panelShown && document.activeElement === document.body)
      composer.current?.focus();
    wasShown.current = panelShown;
  }, [panelShown]);

  return (
    <>
      <main className={styles.main}>
        {covered && <h1 className="visually-hidden">{name}</h1>}
        <div className={styles.conversation} inert={covered}>
          {header}
          <ConnectionBanner />
          <TimelinePane
            conversationId={id ?? ''}
            label={`Messages in ${name}`}
            beginning={beginning(composer)}
            onOpenPerson={onOpenPerson}
          />
          {conversation?.channel && !conversation.joined ? (
            <JoinOffer
              channelId={conversation.channel.channelId}
              name={conversation.channel.name}
              onJoined={() => setTimeout(() => composer.current?.focus())}
            />
          ) : (
            <Composer key={id} ref={composer} conversationId={id} to={to} />
          )}
        </div>
      </main>
      {panel !== null && <div className={styles.panel}>{panel}</div>}
    </>
  );
}
