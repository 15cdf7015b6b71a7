import { expect, it } from 'vitest';
import { Ledger } from '../../../drills/ledger/ledger.ts';
import { findingsOf } from '../../../drills/run/verdict.ts';

const good = { ...new Ledger().report(), acknowledged: 1, longestWaitMs: 500 };

it('every promise on messages is kept where no number is above zero', () => {
  const findings = findingsOf(good, {});
  expect(findings.length).toBe(1 + Object.keys(good.violations).length);
  expect(findings.every(({ kept }) => kept)).toBe(true);
});

it.each(Object.keys(good.violations))('one %s breaks a promise', (violation) => {
  const report = { ...good, violations: { ...good.violations, [violation]: 1 } };
  expect(findingsOf(report, {}).filter(({ kept }) => !kept)).toHaveLength(1);
});

it('a bound on time is broken by what is beyond it, and a run without an acknowledgement proves nothing', () => {
  expect(findingsOf(good, { waitMs: 500 }).every(({ kept }) => kept)).toBe(true);
  expect(findingsOf(good, { waitMs: 499 }).filter(({ kept }) => !kept)).toMatchObject([
    { measured: '500 ms' },
  ]);
  const recovered = { ...good, recoveredAfterMs: 500 };
  expect(findingsOf(recovered, { recoveryMs: 500 }).every(({ kept }) => kept)).toBe(true);
  for (const slow of [good, { ...good, recoveredAfterMs: 501 }])
    expect(findingsOf(slow, { recoveryMs: 500 }).filter(({ kept }) => !kept)).toHaveLength(1);
  expect(findingsOf({ ...good, acknowledged: 0 }, {}).filter(({ kept }) => !kept)).toHaveLength(1);
});
