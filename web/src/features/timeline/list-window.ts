/** Where the first row of a list stands in an index that goes on below it, as older rows are put before the first. */
export interface ListWindow {
  readonly keys: readonly string[];
  readonly firstIndex: number;
  /** Counts up when the rows have nothing in common with those before: the list starts anew. */
  readonly generation: number;
}

/** Far more rows than can ever be put before the first one. */
const FIRST_INDEX = 10_000_000;

export function openWindow(keys: readonly string[]): ListWindow {
  return { keys, firstIndex: FIRST_INDEX, generation: 0 };
}

/** The window after the rows became `keys`: rows that stay keep their index, whatever came or went before them. */
export function moveWindow(window: ListWindow, keys: readonly string[]): ListWindow {
  const [oldFirst] = window.keys;
  const [newFirst] = keys;
  if (oldFirst === newFirst || oldFirst === undefined || newFirst === undefined) return { ...window, keys };
  const prepended = keys.indexOf(oldFirst);
  if (prepended > 0) return { ...window, keys, firstIndex: window.firstIndex - prepended };
  const dropped = window.keys.indexOf(newFirst);
  if (dropped > 0) return { ...window, keys, firstIndex: window.firstIndex + dropped };
  // The first row went (a gap above the held ones was read): whichever row both have is the anchor.
  const anchor = window.keys.findIndex((key) => keys.includes(key));
  if (anchor === -1) return { keys, firstIndex: FIRST_INDEX, generation: window.generation + 1 };
  const kept = window.keys[anchor];
  const now = kept === undefined ? 0 : keys.indexOf(kept);
  return { ...window, keys, firstIndex: window.firstIndex + anchor - now };
}
