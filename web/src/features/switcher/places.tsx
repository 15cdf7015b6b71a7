import { Hash, NotebookPen } from 'lucide-react';
import type { FoundChannel } from '../../../../core/contract/conversations.ts';
import type { Profile } from '../../../../core/contract/users.ts';
import { formatUnread } from '../../app/state/conversations-selectors.ts';
import type { Conversation } from '../../app/state/conversations-slice.ts';
import type { FinderOption } from '../../components/finder.tsx';
import { personOption } from '../../components/person-option.tsx';
import { unreadCount } from '../../lib/timeline/unread.ts';

/** Somewhere to go. */
export interface Place extends FinderOption {
  readonly path: string;
  /** What a query is compared with. */
  readonly names: readonly string[];
  readonly unread: number;
}

/** A channel, joined or only found. */
export function channelPlace({ name, topic }: Pick<FoundChannel, 'name' | 'topic'>, unread = 0): Place {
  const path = `/channels/${name}`;
  return {
    key: path,
    path,
    sign: <Hash size={16} aria-hidden="true" />,
    title: name,
    detail: topic,
    names: [name],
    ...counted(unread),
  };
}

/** A person to write to. */
export function personPlace(person: Profile, unread = 0): Place {
  const option = personOption(person, false);
  const path = `/messages/${person.userId}`;
  const names = [person.firstName, person.lastName, person.userId, option.title];
  return { ...option, key: path, path, names, ...counted(unread) };
}

/** The direct message with oneself. */
export function notebookPlace(ownId: string): Place {
  const path = `/messages/${ownId}`;
  const title = 'Notes to yourself';
  const names = [title, 'notebook', ownId];
  return { key: path, path, sign: <NotebookPen size={16} aria-hidden="true" />, title, names, unread: 0 };
}

function counted(unread: number): Pick<Place, 'unread' | 'badge'> {
  return unread === 0 ? { unread } : { unread, badge: formatUnread(unread) };
}

/** The conversations at hand: unread ones first, else in the side bar's order. */
export function placesAtHand(
  conversations: readonly Conversation[],
  people: Readonly<Record<string, Profile>>,
  ownId: string | null,
): readonly Place[] {
  const places = conversations.flatMap(({ channel, peerId, unread }): Place[] => {
    if (channel) return [channelPlace(channel, unreadCount(unread))];
    const person = people[peerId ?? ''];
    return person && peerId !== ownId ? [personPlace(person, unreadCount(unread))] : [];
  });
  if (ownId !== null) places.push(notebookPlace(ownId));
  return places.sort((a, b) => Number(b.unread > 0) - Number(a.unread > 0));
}

/** Those that match: names that begin with the query before names that have it inside. */
export function matchingPlaces(places: readonly Place[], query: string): readonly Place[] {
  const wanted = query.toLowerCase().replace(/^[#@]/, '');
  const begins = places.filter(({ names }) => names.some((name) => name.toLowerCase().startsWith(wanted)));
  const contains = places.filter(
    (place) => !begins.includes(place) && place.names.some((name) => name.toLowerCase().includes(wanted)),
  );
  return [...begins, ...contains];
}
