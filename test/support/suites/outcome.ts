/** What a suite came to. A check step counts as one test. */
export interface Outcome {
  readonly suite: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
  /** One sentence for a failure that no single test stands for (a crash, an empty suite). */
  readonly remark?: string;
}

/** The one line that whoever runs the tests reads last: every suite's tests, added up. */
export function plainLine(outcomes: readonly Outcome[]): string {
  const sum = (of: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[of], 0);
  return `${sum('passed')} passed, ${sum('failed')} failed`;
}

/** Nothing that ran is no success. */
export function isGreen(outcomes: readonly Outcome[]): boolean {
  return outcomes.length > 0 && outcomes.every((outcome) => outcome.failed === 0 && outcome.passed > 0);
}

/** One row a suite, in columns. */
export function renderTable(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map((outcome) => outcome.suite.length), 'suite'.length);
  const row = (suite: string, passed: string, failed: string, time: string, remark = '') =>
    `${suite.padEnd(width)}  ${passed.padStart(6)}  ${failed.padStart(6)}  ${time.padStart(10)}  ${remark}`.trimEnd();
  return [
    row('suite', 'passed', 'failed', 'time'),
    ...outcomes.map((o) =>
      row(o.suite, String(o.passed), String(o.failed), renderSeconds(o.seconds), o.remark),
    ),
  ].join('\n');
}

export function renderSeconds(seconds: number): string {
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}
