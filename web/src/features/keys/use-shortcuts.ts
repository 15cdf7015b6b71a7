import { useEffect, useRef } from 'react';

export interface ShortcutActions {
  readonly onSwitch: () => void;
  readonly onShowKeys: () => void;
  readonly onNeighbour: (direction: 1 | -1, unreadOnly: boolean) => void;
  readonly onEscape: () => void;
}

/** The parts of the page that F6 goes through, in order. */
function moveToRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null || getComputedStyle(region).position === 'fixed',
  );
  if (regions.length === 0) return;
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = at === -1 && step === -1 ? regions.length - 1 : (at + step + regions.length) % regions.length;
  const region = regions[next];
  // What a region wants focused first: the list itself, the field, the current link; else the region takes it.
  (region?.querySelector<HTMLElement>('[data-region-focus], [aria-current="page"]') ?? region)?.focus();
}

/** The shortcuts of the whole page. A dialog that is open keeps the keys to itself. */
export function useShortcuts(actions: ShortcutActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog:modal')) return;
      const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      const vertical = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
      if (command && event.key.toLowerCase() === 'k') latest.current.onSwitch();
      else if (command && event.key === '/') latest.current.onShowKeys();
      else if (event.altKey && !event.ctrlKey && !event.metaKey && vertical !== undefined) {
        latest.current.onNeighbour(vertical, event.shiftKey);
      } else if (event.key === 'F6' && !event.ctrlKey && !event.altKey && !event.metaKey) {
        moveToRegion(event.shiftKey ? -1 : 1);
      } else if (event.key === 'Escape') {
        // An open popover closes first; the browser sees to that.
        if (!document.querySelector(':popover-open')) latest.current.onEscape();
        return;
      } else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
