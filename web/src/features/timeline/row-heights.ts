/** How high rows are: measured where they were drawn, guessed from the measured ones elsewhere. */
export class RowHeights {
  readonly #measured = new Map<string, number>();
  #sum = 0;

  /** CSS pixels. Before anything is measured: a message of one line with its head. */
  of(key: string): number {
    return this.#measured.get(key) ?? (this.#measured.size === 0 ? 52 : this.#sum / this.#measured.size);
  }

  measured(key: string, height: number): void {
    this.#sum += height - (this.#measured.get(key) ?? 0);
    this.#measured.set(key, height);
  }

  /** The width has changed, and with it every height. */
  forget(): void {
    this.#measured.clear();
    this.#sum = 0;
  }

  total(keys: readonly string[], from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += this.of(keys[at] ?? '');
    return sum;
  }
}

/** Where the reader is: so far from the end, or with a row's top so far below the top of the view. CSS pixels. */
export type Position =
  | { readonly kind: 'end'; readonly gap: number }
  | { readonly kind: 'row'; readonly key: string; readonly offset: number };

/** Rows from `first` up to and without `end`. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/** The rows to draw for a position: those in view, and `ahead` CSS pixels more on either side. */
export function rangeAt(
  keys: readonly string[],
  heights: RowHeights,
  position: Position,
  viewHeight: number,
  ahead: number,
): Range {
  const anchor = position.kind === 'end' ? -1 : keys.indexOf(position.key);
  if (position.kind === 'end' || anchor === -1) {
    const above = (position.kind === 'end' ? position.gap : 0) + viewHeight + ahead;
    return { first: walkUp(keys, heights, keys.length, above), end: keys.length };
  }
  const above = Math.max(0, position.offset) + ahead;
  const below = viewHeight - Math.min(0, position.offset) + ahead;
  return { first: walkUp(keys, heights, anchor, above), end: walkDown(keys, heights, anchor, below) };
}

function walkUp(keys: readonly string[], heights: RowHeights, from: number, distance: number): number {
  let left = distance;
  let at = from;
  while (at > 0 && left > 0) {
    at -= 1;
    left -= heights.of(keys[at] ?? '');
  }
  return at;
}

function walkDown(keys: readonly string[], heights: RowHeights, from: number, distance: number): number {
  let left = distance;
  let at = from;
  while (at < keys.length && left > 0) {
    left -= heights.of(keys[at] ?? '');
    at += 1;
  }
  return at;
}

/** The row that lies `top` CSS pixels below the top of the first one, by what is measured and guessed. */
export function positionAt(keys: readonly string[], heights: RowHeights, top: number): Position {
  let above = 0;
  for (const key of keys) {
    const height = heights.of(key);
    if (above + height > top) return { kind: 'row', key, offset: above - top };
    above += height;
  }
  return { kind: 'end', gap: 0 };
}

/** The position after the rows became `next`: a row that has gone is stood in for by the next one that is left. */
export function positionAfter(
  position: Position,
  previous: readonly string[],
  next: ReadonlySet<string>,
): Position {
  if (position.kind === 'end' || next.has(position.key)) return position;
  const heir = previous.slice(previous.indexOf(position.key) + 1).find((key) => next.has(key));
  return heir === undefined ? { kind: 'end', gap: 0 } : { kind: 'row', key: heir, offset: position.offset };
}
