import { useMemo, useState } from 'react';
import { selectChannels, selectDirectMessages } from '../../app/state/conversations-selectors.ts';
import { findChannels } from '../../app/state/conversations-thunks.ts';
import { searchPeople } from '../../app/state/people-thunks.ts';
import { selectOwnUserId } from '../../app/state/session-selectors.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Finder } from '../../components/finder.tsx';
import { useSearch } from '../../components/use-search.ts';
import { channelPlace, matchingPlaces, personPlace, placesAtHand } from './places.tsx';

interface SwitcherDialogProps {
  readonly onClose: () => void;
  readonly onChoose: (path: string) => void;
}

/** Goes to any conversation or person by a few letters. What is at hand answers at once, the server adds to it. */
export function SwitcherDialog({ onClose, onChoose }: SwitcherDialogProps) {
  const dispatch = useAppDispatch();
  const channels = useAppSelector(selectChannels);
  const directMessages = useAppSelector(selectDirectMessages);
  const people = useAppSelector((state) => state.people.byId);
  const ownId = useAppSelector(selectOwnUserId);
  const [query, setQuery] = useState('');
  const wanted = query.trim().replace(/^[#@]/, '');

  const { results, status, error } = useSearch(wanted || undefined, async (text) => {
    const [persons, page] = await Promise.all([
      dispatch(searchPeople(text)),
      dispatch(findChannels({ query: text.toLowerCase() })),
    ]);
    return [
      ...persons.map((person) => personPlace(person)),
      ...page.channels.map((channel) => channelPlace(channel)),
    ];
  });

  const options = useMemo(() => {
    const atHand = placesAtHand([...channels, ...directMessages], people, ownId);
    const matching = matchingPlaces(atHand, wanted);
    const known = new Set(atHand.map(({ key }) => key));
    return [
      ...matching,
      ...matchingPlaces(
        results.filter(({ key }) => !known.has(key)),
        wanted,
      ),
    ];
  }, [channels, directMessages, people, ownId, wanted, results]);

  return (
    <Dialog title="Find people and channels" titleHidden size="wide" onClose={onClose}>
      <Finder
        label="Find people and channels"
        placeholder="Find people and channels"
        query={query}
        onQuery={setQuery}
        options={options}
        onChoose={({ path }) => onChoose(path)}
        status={
          error ??
          (status === 'done' && options.length === 0 ? `Nothing begins with “${wanted}”.` : undefined)
        }
      />
    </Dialog>
  );
}
