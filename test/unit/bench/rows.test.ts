import { describe, expect, it } from 'vitest';
import { isReached, type Row } from '../../../bench/benchmark.ts';
import { renderChart } from '../../../bench/run/render-chart.ts';
import { renderRows } from '../../../bench/run/render-rows.ts';
import { rowOfRuns } from '../../../bench/run/row-of-runs.ts';

const row = (bound: Row['bound']): Row =>
  rowOfRuns({
    what: 'send → acknowledged, p50',
    beside: 'one awaited <send>',
    unit: 'ms',
    bound,
    runs: [
      { ours: 20, theirs: 10 },
      { ours: 3, theirs: 1 },
      { ours: 16, theirs: 20 },
    ],
  });

describe('the row of several runs', () => {
  it('has medians, and the median of the ratios within the runs', () => {
    expect(row(undefined)).toMatchObject({ ours: 16, theirs: 10, ratio: 2 });
  });

  it.each([
    [{ atMost: 2 }, true],
    [{ atMost: 1.9 }, false],
    [{ atLeast: 2 }, true],
    [{ atLeast: 2.1 }, false],
    [undefined, true],
  ] as const)('reaches %j: %s', (bound, reached) => {
    expect(isReached(row(bound))).toBe(reached);
    expect(renderRows([row(bound)])).toContain(bound === undefined ? '–' : reached ? 'reached' : 'MISSED');
  });

  it('is drawn with bars to scale, and with its text escaped', () => {
    const chart = renderChart('Beside <it>', [row({ atMost: 2 })]);
    const widths = [...chart.matchAll(/width="([\d.]+)" height="18"/g)].map(([, width]) => Number(width));
    expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(1.6, 2);
    expect(chart).toContain('one awaited &lt;send&gt;');
    expect(chart).not.toContain('<send>');
  });
});
