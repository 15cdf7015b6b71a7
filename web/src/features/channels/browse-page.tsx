import { Hash, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { FoundChannel } from '../../../../core/contract/conversations.ts';
import { findChannels, joinChannel } from '../../app/state/conversations-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Note } from '../../components/note.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSearch } from '../../components/use-search.ts';
import { describeError } from '../../lib/api/api-error.ts';
import styles from './browse-page.module.css';
import { channelNameFrom } from './channel-name.ts';

interface BrowsePageProps {
  readonly onCreateChannel: () => void;
  readonly onOpen: (name: string) => void;
}

/** `/browse`: every channel, whether joined or not. */
export function BrowsePage({ onCreateChannel, onOpen }: BrowsePageProps) {
  const dispatch = useAppDispatch();
  const [query, setQuery] = useState('');
  const [more, setMore] = useState<readonly FoundChannel[]>([]);
  const [next, setNext] = useState<string>();
  const [error, setError] = useState<string>();
  const wanted = channelNameFrom(query);

  const search = useSearch(wanted, async (text) => {
    const page = await dispatch(findChannels(text === '' ? {} : { query: text }));
    setMore([]);
    setNext(page.next);
    return page.channels;
  });
  useEffect(() => setError(search.error), [search.error]);

  async function act(work: () => Promise<void>) {
    setError(undefined);
    try {
      await work();
    } catch (failure) {
      setError(describeError(failure));
    }
  }

  const channels = [...search.results, ...more];
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <TextField
          className={styles.search}
          label="Find a channel"
          type="search"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="Beginning of its name"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <Button onClick={onCreateChannel}>
          <Plus size={16} aria-hidden="true" /> Create a channel
        </Button>
      </div>
      {error !== undefined && <Note kind="error">{error}</Note>}
      {search.status === 'failed' && (
        <div>
          <Button onClick={search.retry}>Try again</Button>
        </div>
      )}
      {search.status === 'searching' && channels.length === 0 && (
        <Skeleton kind="person" rows={6} label="Loading channels" />
      )}
      {search.status === 'done' && channels.length === 0 && (
        <EmptyState
          title={wanted === '' ? 'There are no channels yet.' : `No channel begins with “${wanted}”.`}
        >
          <Button onClick={onCreateChannel}>Create a channel</Button>
        </EmptyState>
      )}
      <ul className={styles.list}>
        {channels.map((channel) => (
          <ChannelItem
            key={channel.channelId}
            channel={channel}
            onJoin={() =>
              act(async () => {
                await dispatch(joinChannel(channel.channelId));
                onOpen(channel.name);
              })
            }
          />
        ))}
      </ul>
      {next !== undefined && (
        <Button
          className={styles.more}
          onClick={() =>
            act(async () => {
              const page = await dispatch(
                findChannels({ after: next, ...(wanted === '' ? {} : { query: wanted }) }),
              );
              setMore([...more, ...page.channels]);
              setNext(page.next);
            })
          }
        >
          Show more channels
        </Button>
      )}
    </div>
  );
}

interface ChannelItemProps {
  readonly channel: FoundChannel;
  readonly onJoin: () => Promise<void>;
}

function ChannelItem({ channel, onJoin }: ChannelItemProps) {
  const { name, topic, conversationId } = channel;
  const joined = useAppSelector(
    (state) => state.conversations.byId[conversationId]?.joined ?? channel.joined,
  );
  const [busy, setBusy] = useState(false);
  return (
    <li className={styles.channel}>
      <Hash size={18} aria-hidden="true" className={styles.sign} />
      <div className={styles.about}>
        <Link to={`/channels/${name}`} className={styles.name}>
          {name}
        </Link>
        {topic !== undefined && <p className={styles.topic}>{topic}</p>}
      </div>
      {joined ? (
        <span className={styles.joined}>Joined</span>
      ) : (
        <Button
          busy={busy}
          aria-label={`Join #${name}`}
          onClick={() => {
            setBusy(true);
            void onJoin().finally(() => setBusy(false));
          }}
        >
          Join
        </Button>
      )}
    </li>
  );
}
