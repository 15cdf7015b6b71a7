import { useSyncExternalStore } from 'react';

/** Under this width there is one pane at a time (CSS says the same in its media queries). */
export const ONE_PANE = '(max-width: 639.98px)';

/** Whether the query holds now, followed as it changes. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => matchMedia(query).matches,
  );
}
