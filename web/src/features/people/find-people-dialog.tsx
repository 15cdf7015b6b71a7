import { useState } from 'react';
import { searchPeople } from '../../app/state/people-thunks.ts';
import { selectOwnUserId } from '../../app/state/session-selectors.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Finder } from '../../components/finder.tsx';
import { personOption } from '../../components/person-option.tsx';
import { useSearch } from '../../components/use-search.ts';

interface FindPeopleDialogProps {
  readonly onClose: () => void;
  readonly onChoose: (userId: string) => void;
}

/** Finds somebody by the beginning of a name and goes to the direct message with them. */
export function FindPeopleDialog({ onClose, onChoose }: FindPeopleDialogProps) {
  const dispatch = useAppDispatch();
  const ownId = useAppSelector(selectOwnUserId);
  const [query, setQuery] = useState('');
  const wanted = query.trim();
  const { results, status, error } = useSearch(wanted || undefined, (text) => dispatch(searchPeople(text)));
  const options = results.map((person) => personOption(person, person.userId === ownId));
  return (
    <Dialog title="Write to someone" size="wide" onClose={onClose}>
      <Finder
        label="Find people"
        placeholder="First name, last name or user name"
        query={query}
        onQuery={setQuery}
        options={options}
        onChoose={({ userId }) => onChoose(userId)}
        status={
          error ??
          (status === 'idle'
            ? 'Type the beginning of a name.'
            : status === 'done' && options.length === 0
              ? `Nobody’s name begins with “${wanted}”.`
              : undefined)
        }
      />
    </Dialog>
  );
}
