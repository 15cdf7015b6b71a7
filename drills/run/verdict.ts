import type { Bounds, Finding } from '../drill.ts';
import type { LedgerReport, Violations } from '../ledger/ledger-report.ts';

/** What each number of the ledger is a breach of. */
const PROMISES: Record<keyof Violations, string> = {
  lost: 'nothing acknowledged is lost',
  missing: 'every screen comes to show everything',
  doubled: 'nothing is there twice',
  misnumbered: 'a message stands where it was acknowledged, or before',
  outOfOrder: 'one order everywhere',
  againstTime: 'what is written after an acknowledgement comes after it',
  outdated: 'an edit comes to every screen, and nothing undoes it',
  altered: 'contents arrive as they were sent',
  foreign: 'nothing appears that nobody sent',
  afterLeaving: 'nothing is heard after leaving',
};

const BOUNDS: readonly (readonly [keyof Bounds, promise: string, keyof LedgerReport])[] = [
  ['silenceMs', 'somebody can post again within', 'longestSilenceMs'],
  ['waitMs', 'every message is acknowledged within', 'longestWaitMs'],
  ['refusalMs', 'a post is answered within', 'longestRefusalMs'],
  ['recoveryMs', 'what was sent before is stored and on every screen within', 'recoveredAfterMs'],
];

/** Every promise that a report speaks of: those on messages always, those on time where the drill makes them. */
export function findingsOf(report: LedgerReport, bounds: Bounds): Finding[] {
  const ofMessages = Object.entries(PROMISES).map(([name, promise]) => {
    const count = report.violations[name as keyof Violations];
    return { promise, kept: count === 0, measured: `${count} ${name}` };
  });
  const ofTime = BOUNDS.flatMap(([name, promise, field]) => {
    const bound = bounds[name];
    if (bound === undefined) return [];
    const measured = Number(report[field]);
    return [
      {
        promise: `${promise} ${bound} ms`,
        kept: measured <= bound,
        measured: `${measured} ms`,
        ofTime: true,
      },
    ];
  });
  const somethingWasSent = {
    promise: 'the drill had something to show',
    kept: report.acknowledged > 0,
    measured: `${report.acknowledged} acknowledged`,
  };
  return [somethingWasSent, ...ofMessages, ...ofTime];
}
