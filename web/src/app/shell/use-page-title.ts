import { useEffect } from 'react';
import { UNREAD_COUNT_MAX } from '../../../../core/contract/limits.ts';
import { formatUnread, selectUnreadTotal } from '../state/conversations-selectors.ts';
import { useAppSelector } from '../store.ts';

/** Names the browser's tab: unread messages first, then the place. */
export function usePageTitle(place?: string): void {
  const unread = useAppSelector((state) => {
    const { directMessages, channels } = selectUnreadTotal(state);
    return formatUnread(Math.min(UNREAD_COUNT_MAX, directMessages + channels));
  });
  useEffect(() => {
    const name = place === undefined ? 'Ping Me' : `${place} · Ping Me`;
    document.title = unread === '' ? name : `(${unread}) ${name}`;
  }, [unread, place]);
}
