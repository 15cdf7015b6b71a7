import { quantile } from '../../drills/run/quantile.ts';
import type { Row } from '../benchmark.ts';

/** Medians of runs, and of the ratios within them: two figures of one run met the same machine. */
export function rowOfRuns(row: Omit<Row, 'ours' | 'theirs' | 'ratio'>): Row {
  const median = (values: readonly number[]) => quantile(values, 0.5);
  return {
    ...row,
    ours: median(row.runs.map(({ ours }) => ours)),
    theirs: median(row.runs.map(({ theirs }) => theirs)),
    ratio: median(row.runs.map(({ ours, theirs }) => ours / theirs)),
  };
}
