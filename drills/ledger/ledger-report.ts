/** What a run did to its messages. */
export interface LedgerReport {
  readonly sent: number;
  readonly acknowledged: number;
  /** Tries that were answered otherwise, or not at all. */
  readonly refused: number;
  /** The same by status; 0 where there was no answer. */
  readonly refusedBy: Readonly<Record<number, number>>;
  readonly stored: number;
  /** Messages that came to be on every screen that shows their conversation. */
  readonly deliveredToAll: number;
  /** Of these, the ones that every listener heard over its socket. */
  readonly heardByAll: number;
  readonly violations: Violations;
  /** The longest time between two acknowledgements while something was unacknowledged, in milliseconds. */
  readonly longestSilenceMs: number;
  /** The longest time that one message waited for its acknowledgement, all tries together, in milliseconds. */
  readonly longestWaitMs: number;
  /** The longest time after which a try was refused, in milliseconds. */
  readonly longestRefusalMs: number;
  /**
   * From the last `healed` until everything sent before it was acknowledged, stored and on every screen, in milliseconds;
   * undefined where nothing was healed.
   */
  readonly recoveredAfterMs: number | undefined;
}

/** Numbers of messages (of neighbours, where order is meant) with which a promise was broken. All must be zero. */
export interface Violations {
  /** Acknowledged and not in history. */
  readonly lost: number;
  /** In history, and not on some screen that shows the conversation. */
  readonly missing: number;
  /** In history, or on one page, more than once. */
  readonly doubled: number;
  /** In history under a greater id than was acknowledged: the acknowledgement named a record that is not the first. */
  readonly misnumbered: number;
  /** Neighbours in history, on a page or in what one connection heard that stand in the wrong order. */
  readonly outOfOrder: number;
  /** Sent after another one was acknowledged, and in history before it. */
  readonly againstTime: number;
  /** In history, or on some screen that shows the conversation, in an older version than its newest edit made it. */
  readonly outdated: number;
  /** Seen anywhere with another content than was sent, or than the edit said that it is said to come from. */
  readonly altered: number;
  /** Seen anywhere and never sent. */
  readonly foreign: number;
  /** Heard after leaving the conversation had been answered. */
  readonly afterLeaving: number;
}

export function violationCount(violations: Violations): number {
  return Object.values(violations).reduce((sum: number, count: number) => sum + count, 0);
}
