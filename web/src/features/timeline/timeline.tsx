import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { formatUnread, selectNewLine, selectUnreadCount } from '../../app/state/conversations-selectors.ts';
import { timelineAtEnd } from '../../app/state/conversations-slice.ts';
import { selectTimeline, selectTimelineStatus } from '../../app/state/messages-selectors.ts';
import { loadOlder } from '../../app/state/messages-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { AnchoredList, type AnchoredListHandle } from './anchored-list.tsx';
import { buildRows, type Row } from './build-rows.ts';
import { JumpToLatest } from './jump-to-latest.tsx';
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

const keyOf = (row: Row) => row.entry.key;

/** A loaded conversation, newest at the end. One instance a conversation: give it the conversation's id as `key`. */
export function Timeline({ conversationId, label, beginning, onOpenPerson }: TimelineProps) {
  const dispatch = useAppDispatch();
  const entries = useAppSelector((state) => selectTimeline(state, conversationId));
  const newLine = useAppSelector((state) => selectNewLine(state, conversationId));
  const { hasOlder, loadingOlder, olderFailed } = useAppSelector((state) =>
    selectTimelineStatus(state, conversationId),
  );
  const unread = useAppSelector((state) => formatUnread(selectUnreadCount(state, conversationId)));
  const list = useRef<AnchoredListHandle>(null);
  const [atEnd, setAtEnd] = useState(true);

  const rows = useMemo(() => buildRows(entries, newLine, hasOlder), [entries, newLine, hasOlder]);
  const own = entries.filter((entry) => entry.kind === 'message' && entry.own);
  const newestOwnKey = own.at(-1)?.key;
  const newestStoredKey = own.findLast((entry) => entry.kind === 'message' && entry.state === 'stored')?.key;
  const lastOwnKey = useRef(newestOwnKey);
  const jump = useCallback(() => list.current?.toEnd(), []);
  useEffect(() => {
    // What one has written oneself is always shown, wherever one was reading.
    if (lastOwnKey.current !== newestOwnKey && entries.at(-1)?.key === newestOwnKey) jump();
    lastOwnKey.current = newestOwnKey;
  }, [newestOwnKey, entries, jump]);

  const [startAt] = useState(() => rows.find(({ startsNew }) => startsNew)?.entry.key);
  const onAtEnd = useCallback(
    (end: boolean) => {
      setAtEnd(end);
      dispatch(timelineAtEnd({ conversationId, atEnd: end }));
    },
    [dispatch, conversationId],
  );
  const onNearTop = useCallback(() => {
    if (hasOlder && !loadingOlder && !olderFailed) void dispatch(loadOlder(conversationId));
  }, [dispatch, conversationId, hasOlder, loadingOlder, olderFailed]);
  const draw = useCallback(
    (row: Row) => (
      <TimelineRow
        conversationId={conversationId}
        row={row}
        beginning={row.first && beginning}
        newestStored={row.entry.key === newestStoredKey}
        onOpenPerson={onOpenPerson}
      />
    ),
    [conversationId, beginning, newestStoredKey, onOpenPerson],
  );

  if (rows.length === 0) {
    return (
      <div className={styles.empty} role="log" aria-label={label} data-region tabIndex={-1}>
        {beginning}
      </div>
    );
  }
  return (
    <div
      className={styles.timeline}
      role="log"
      aria-label={label}
      aria-live={atEnd ? 'polite' : 'off'}
      data-region
    >
      <AnchoredList
        ref={list}
        rows={rows}
        keyOf={keyOf}
        draw={draw}
        top={<TimelineTop conversationId={conversationId} />}
        startAt={startAt}
        onAtEnd={onAtEnd}
        onNearTop={onNearTop}
      />
      {!atEnd && <JumpToLatest unread={unread} onJump={jump} />}
    </div>
  );
}
