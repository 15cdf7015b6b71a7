import {
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react';
import styles from './anchored-list.module.css';
import { type Position, positionAfter, positionAt, type Range, RowHeights, rangeAt } from './row-heights.ts';

export interface AnchoredListHandle {
  readonly toEnd: () => void;
}

interface AnchoredListProps<Row> {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly draw: (row: Row) => ReactNode;
  /** Stands above the first row. */
  readonly top: ReactNode;
  /** The key of the row to start at, a little below the top; absent: at the end. */
  readonly startAt: string | undefined;
  readonly onAtEnd: (atEnd: boolean) => void;
  /** Little is left above. Called again and again while that is so. */
  readonly onNearTop: () => void;
  readonly ref?: Ref<AnchoredListHandle>;
}

/** Rows are drawn so far beyond the view, in CSS pixels: a turn of the wheel should not outrun them. */
const AHEAD = 800;
/** Less than this is left above the view: time to ask for more. */
const NEAR_TOP = 2000;
/** So near the end still counts as being there: about two lines. */
const AT_END = 48;
/** Where no layout is (a test without a browser) a view of this height is assumed. */
const ASSUMED_VIEW = 800;

/**
 * A long list read from its end, of which only the part around the view is drawn. Whatever comes, goes or changes its
 * height (older rows above, a guess that was wrong), what one is looking at stays where it is: the position is kept as a
 * row and its distance from the top of the view, and put right before the browser paints. At the end it stays at the end.
 */
export function AnchoredList<Row>({
  rows,
  keyOf,
  draw,
  top,
  startAt,
  onAtEnd,
  onNearTop,
  ref,
}: AnchoredListProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useRef<HTMLDivElement>(null);
  const [heights] = useState(() => new RowHeights());
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const keys = useMemo(() => rows.map(keyOf), [rows, keyOf]);
  const keySet = useMemo(() => new Set(keys), [keys]);
  const position = useRef<Position>(
    startAt === undefined ? { kind: 'end', gap: 0 } : { kind: 'row', key: startAt, offset: 24 },
  );
  // A position that was asked for and is not drawn yet: what the view happens to show does not count.
  const asked = useRef(false);
  const before = useRef({
    keys,
    range: { first: 0, end: 0 } as Range,
    atEnd: undefined as boolean | undefined,
  });

  // What was there when the position was taken is what it must be carried over from, so this happens while drawing.
  const carried = positionAfter(position.current, before.current.keys, keySet);
  const viewHeight = scroller.current?.clientHeight || ASSUMED_VIEW;
  const range = rangeAt(keys, heights, carried, viewHeight, AHEAD);

  const measure = useCallback(() => {
    const view = scroller.current;
    const list = drawn.current;
    if (!view || !list || asked.current) return;
    const shown = before.current;
    for (const row of list.children) {
      if (row instanceof HTMLElement && row.dataset.key !== undefined) {
        heights.measured(row.dataset.key, row.getBoundingClientRect().height);
      }
    }
    position.current = read(view, list, shown.keys, shown.range, heights, position.current);
    const needed = rangeAt(
      shown.keys,
      heights,
      position.current,
      view.clientHeight || ASSUMED_VIEW,
      AHEAD / 2,
    );
    if (needed.first < shown.range.first || needed.end > shown.range.end) redraw();
    const atEnd = position.current.kind === 'end';
    if (atEnd !== shown.atEnd) {
      shown.atEnd = atEnd;
      onAtEnd(atEnd);
    }
    // At the end nothing is asked for ahead of time, unless what is there does not even fill the view.
    if (view.scrollTop < (atEnd ? view.clientHeight / 2 : NEAR_TOP)) onNearTop();
  }, [heights, onAtEnd, onNearTop]);

  const settle = useCallback(() => {
    if (asked.current) return;
    if (scroller.current && drawn.current) restore(scroller.current, drawn.current, position.current);
    measure();
  }, [measure]);

  useLayoutEffect(() => {
    const appended = keys.at(-1) !== before.current.keys.at(-1);
    // New at the end, and one is there: stay there, to the pixel.
    position.current = appended && carried.kind === 'end' ? { kind: 'end', gap: 0 } : carried;
    before.current = { ...before.current, keys, range };
    asked.current = false;
    settle();
  });

  useEffect(() => {
    const view = scroller.current;
    const list = drawn.current;
    if (!view || !list) return;
    let width = view.clientWidth;
    const observer = new ResizeObserver(() => {
      if (view.clientWidth !== width) {
        width = view.clientWidth;
        heights.forget();
      }
      settle();
    });
    observer.observe(view);
    observer.observe(list);
    return () => observer.disconnect();
  }, [heights, settle]);

  useImperativeHandle(
    ref,
    () => ({
      toEnd: () => {
        position.current = { kind: 'end', gap: 0 };
        asked.current = true;
        redraw();
      },
    }),
    [],
  );

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls with the keys has to get here
    <div ref={scroller} className={styles.view} data-region-focus tabIndex={0} onScroll={measure}>
      <div className={styles.content}>
        {top}
        <div style={{ height: heights.total(keys, 0, range.first) }} />
        <div ref={drawn}>
          {rows.slice(range.first, range.end).map((row) => (
            <div key={keyOf(row)} data-key={keyOf(row)} className={styles.row}>
              {draw(row)}
            </div>
          ))}
        </div>
        <div style={{ height: heights.total(keys, range.end, keys.length) }} />
      </div>
    </div>
  );
}

/** Scrolls so that the position holds again. */
function restore(view: HTMLElement, list: HTMLElement, position: Position): void {
  const target =
    position.kind === 'end'
      ? view.scrollHeight - view.clientHeight - position.gap
      : view.scrollTop + offsetIn(view, list, position.key, position.offset) - position.offset;
  // Fractions are left alone: a scroll position has none on many screens, and would be put right for ever.
  if (Math.abs(target - view.scrollTop) >= 1) view.scrollTop = target;
}

function offsetIn(view: HTMLElement, list: HTMLElement, key: string, otherwise: number): number {
  for (const row of list.children) {
    if (row instanceof HTMLElement && row.dataset.key === key) return distance(view, row);
  }
  return otherwise;
}

const distance = (view: HTMLElement, row: HTMLElement): number =>
  row.getBoundingClientRect().top - view.getBoundingClientRect().top;

/** The position that the view is scrolled to. */
function read(
  view: HTMLElement,
  list: HTMLElement,
  keys: readonly string[],
  range: Range,
  heights: RowHeights,
  known: Position,
): Position {
  if (view.clientHeight === 0) return known;
  const gap = view.scrollHeight - view.clientHeight - view.scrollTop;
  if (gap <= AT_END && range.end === keys.length) return { kind: 'end', gap: Math.max(0, gap) };
  for (const row of list.children) {
    const { top, bottom } = row.getBoundingClientRect();
    const viewTop = view.getBoundingClientRect().top;
    if (bottom <= viewTop) continue;
    if (top > viewTop + view.clientHeight) break;
    if (row instanceof HTMLElement && row.dataset.key !== undefined) {
      return { kind: 'row', key: row.dataset.key, offset: top - viewTop };
    }
  }
  // Nothing that is drawn is in view: the scrollbar was dragged far away.
  const listTop = distance(view, list) + view.scrollTop - heights.total(keys, 0, range.first);
  return positionAt(keys, heights, Math.max(0, view.scrollTop - listTop));
}
