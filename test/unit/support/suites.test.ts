import { describe, expect, it } from 'vitest';
import { isGreen, plainLine, renderTable } from '../../support/suites/outcome.ts';
import { countVitestRun, type VitestReport } from '../../support/suites/vitest-suite.ts';

const ended = { exitCode: 0, timedOut: false };

/** A report of one file with these tests. */
function report(tests: readonly string[], status = 'passed'): VitestReport {
  return {
    numTotalTests: tests.length,
    numPassedTests: tests.filter((test) => test === 'passed').length,
    numFailedTests: tests.filter((test) => test === 'failed').length,
    testResults: [{ status, assertionResults: tests.map((test) => ({ status: test })) }],
  };
}

describe('a vitest run', () => {
  it('counts its tests', () => {
    expect(countVitestRun(report(['passed', 'passed']), ended)).toEqual({ passed: 2, failed: 0 });
    expect(countVitestRun(report(['passed', 'failed'], 'failed'), { ...ended, exitCode: 1 })).toEqual({
      passed: 1,
      failed: 1,
    });
  });

  it.each([
    ['that skipped a test', report(['passed', 'skipped']), ended, '1 did not run'],
    ['that left a test for later', report(['passed', 'todo']), ended, '1 did not run'],
    ['that ran nothing', report([]), ended, 'ran no tests'],
    ['without a report', undefined, ended, 'crashed'],
    ['with a file that broke', report([], 'failed'), { ...ended, exitCode: 1 }, 'broke outside of a test'],
    ['that ended badly after its tests', report(['passed']), { ...ended, exitCode: 1 }, 'exit code 1'],
    ['that was killed after its tests', report(['passed']), { ...ended, exitCode: null }, 'exit code null'],
    ['that did not end', report(['passed']), { exitCode: null, timedOut: true }, 'did not end in time'],
  ])('%s is red', (_what, reported, run, remark) => {
    const counts = countVitestRun(reported, run);
    expect(counts.failed).toBeGreaterThan(0);
    expect(counts.remark).toContain(remark);
  });
});

describe('the outcome of all suites', () => {
  const green = { suite: 'types', passed: 1, failed: 0, seconds: 4.24 };
  const red = { suite: 'integration', passed: 41, failed: 2, seconds: 125, remark: '1 did not run' };

  it('adds up to one plain line', () => {
    expect(plainLine([green, red])).toBe('42 passed, 2 failed');
  });

  it('is green only where everything passed and something ran', () => {
    expect(isGreen([green])).toBe(true);
    expect(isGreen([green, red])).toBe(false);
    expect(isGreen([green, { ...green, passed: 0 }])).toBe(false);
    expect(isGreen([])).toBe(false);
  });

  it('is a table', () => {
    expect(renderTable([green, red]).split('\n')).toEqual([
      'suite        passed  failed        time',
      'types             1       0       4.2 s',
      'integration      41       2  2 min 05 s  1 did not run',
    ]);
  });
});
