import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { formatUnread, selectNewLine, selectUnreadCount } from '../../app/state/conversations-selectors.ts';
import { timelineAtEnd } from '../../app/state/conversations-slice.ts';
import { selectTimeline, selectTimelineStatus } from '../../app/state/messages-selectors.ts';
import { loadOlder } from '../../app/state/messages-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { buildRows, type Row } from './build-rows.ts';
import { JumpToLatest } from './jump-to-latest.tsx';
import { moveWindow, openWindow } from './list-window.ts';
import styles from './timeline.module.css';
import { TimelineRow } from './timeline-row.tsx';
import { TimelineTop } from './timeline-top.tsx';

interface TimelineProps {
  readonly conversationId: string;
  /** What the region is called, such as "Messages in #general". */
  readonly label: string;
  /** Stands above the very first message. */
  readonly beginning: ReactNode;
  readonly onOpenPerson: (userId: string) => void;
}

interface ListContext {
  readonly conversationId: string;
  readonly beginning: ReactNode;
  readonly newestStoredKey: string | undefined;
  readonly onOpenPerson: (userId: string) => void;
}

/** How far from the end still counts as being there, in CSS pixels: about two lines. */
const END_THRESHOLD = 48;
/** Rows are drawn, and older pages asked for, before they come into sight. */
const AHEAD = { top: 1200, bottom: 400 } as const;

const COMPONENTS = { Header: Top, Footer: Bottom };

function Top({ context }: { context?: ListContext }) {
  return context && <TimelineTop conversationId={context.conversationId} />;
}

/** Air between the last message and the composer. */
function Bottom() {
  return <div className={styles.bottom} />;
}

function drawRow(_index: number, row: Row, context: ListContext) {
  return (
    <TimelineRow
      conversationId={context.conversationId}
      row={row}
      beginning={row.first && context.beginning}
      newestStored={row.entry.key === context.newestStoredKey}
      onOpenPerson={context.onOpenPerson}
    />
  );
}

const keyOf = (_index: number, row: Row) => row.entry.key;

/** A loaded conversation, newest at the end. One instance a conversation: give it the conversation's id as `key`. */
export function Timeline({ conversationId, label, beginning, onOpenPerson }: TimelineProps) {
  const dispatch = useAppDispatch();
  const entries = useAppSelector((state) => selectTimeline(state, conversationId));
  const newLine = useAppSelector((state) => selectNewLine(state, conversationId));
  const { hasOlder } = useAppSelector((state) => selectTimelineStatus(state, conversationId));
  const unread = useAppSelector((state) => formatUnread(selectUnreadCount(state, conversationId)));
  const list = useRef<VirtuosoHandle>(null);
  const [atEnd, setAtEnd] = useState(true);

  const rows = useMemo(() => buildRows(entries, newLine, hasOlder), [entries, newLine, hasOlder]);
  const [view, setView] = useState(() => ({ rows, window: openWindow(rows.map(({ entry }) => entry.key)) }));
  let { window } = view;
  if (view.rows !== rows) {
    window = moveWindow(view.window, rows.map(({ entry }) => entry.key));
    setView({ rows, window });
  }

  const own = entries.filter((entry) => entry.kind === 'message' && entry.own);
  const newestOwnKey = own.at(-1)?.key;
  const newestStoredKey = own.findLast((entry) => entry.kind === 'message' && entry.state === 'stored')?.key;
  const lastOwnKey = useRef(newestOwnKey);
  const jump = useCallback(() => list.current?.scrollToIndex({ index: 'LAST', align: 'end' }), []);
  useEffect(() => {
    // What one has written oneself is always shown, wherever one was reading.
    if (lastOwnKey.current !== newestOwnKey && entries.at(-1)?.key === newestOwnKey) jump();
    lastOwnKey.current = newestOwnKey;
  }, [newestOwnKey, entries, jump]);

  const context = useMemo(
    () => ({ conversationId, beginning, newestStoredKey, onOpenPerson }),
    [conversationId, beginning, newestStoredKey, onOpenPerson],
  );
  const [start] = useState(() => {
    const index = rows.findIndex(({ startsNew }) => startsNew);
    return index === -1 ? ({ index: 'LAST', align: 'end' } as const) : ({ index, align: 'start' } as const);
  });

  if (rows.length === 0) {
    return (
      <div className={styles.empty} role="log" aria-label={label} data-region tabIndex={-1}>
        {beginning}
      </div>
    );
  }
  return (
    <div className={styles.timeline} role="log" aria-label={label} aria-live={atEnd ? 'polite' : 'off'} data-region>
      <Virtuoso
        key={window.generation}
        ref={list}
        className={styles.list}
        data-region-focus
        data={rows}
        context={context}
        components={COMPONENTS}
        firstItemIndex={window.firstIndex}
        initialTopMostItemIndex={start}
        computeItemKey={keyOf}
        itemContent={drawRow}
        alignToBottom
        increaseViewportBy={AHEAD}
        atBottomThreshold={END_THRESHOLD}
        followOutput="auto"
        atBottomStateChange={(end) => {
          setAtEnd(end);
          dispatch(timelineAtEnd({ conversationId, atEnd: end }));
        }}
        startReached={() => {
          if (hasOlder) void dispatch(loadOlder(conversationId));
        }}
      />
      {!atEnd && <JumpToLatest unread={unread} onJump={jump} />}
    </div>
  );
}
