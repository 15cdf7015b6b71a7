import { describe, expect, it } from 'vitest';
import { StartReport } from '../../../../local/cli/start-report.ts';

function reportTo(isTTY: boolean) {
  const written: string[] = [];
  const report = new StartReport({ isTTY, columns: 40, write: (text) => written.push(text) });
  return { report, written };
}

describe('StartReport', () => {
  it('has a line for each step that has ended, and none for one that failed', async () => {
    const { report, written } = reportTo(false);
    report.stores({ kind: 'step-started', store: 'kafka', step: 'starting 3 nodes' });
    report.stores({ kind: 'step-finished', store: 'kafka', step: 'starting 3 nodes', seconds: 10.24 });
    await report.step(
      'page',
      async () => true,
      () => 'built',
    );
    await expect(report.step('functions', async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    report.stores({ kind: 'notice', sentence: 'The run before was killed.' });
    report.end();
    expect(written.join('')).toMatch(
      /^ {2}kafka, starting 3 nodes \(10\.2 s\)\n {2}page: built \(0\.0 s\)\nThe run before was killed\.\n$/,
    );
    expect(report.summary()).toMatch(
      /the longest steps, side by side: kafka, starting 3 nodes 10\.2 s; page 0\.0 s\.$/,
    );
  });

  it('clears the line that shows what is waited for', () => {
    const { report, written } = reportTo(true);
    report.say('hello');
    report.end();
    expect(written).toEqual(['\r\u001b[Khello\n', '\r\u001b[K']);
  });
});
