import { Metrics } from '@aws-lambda-powertools/metrics';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

/** The module as a new instance has it: nothing counted, nothing published. */
const freshMetrics = async () => {
  vi.resetModules();
  return import('../../../lambdas/runtime/metrics.ts');
};

describe('what was counted', () => {
  const lines = vi.spyOn(Metrics.prototype, 'publishStoredMetrics');
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
    vi.advanceTimersByTime(60_000);
    lines.mockClear();
  });
  afterEach(() => vi.useRealTimers());

  it('is written at the end of an invocation that is alone, and not when there is nothing', async () => {
    const { count, publishMetrics } = await freshMetrics();
    publishMetrics();
    expect(lines).not.toHaveBeenCalled();
    count('PostsAccepted');
    publishMetrics(false);
    count('PostsAccepted');
    publishMetrics(false);
    expect(lines).toHaveBeenCalledTimes(2);
  });

  it('is left to others that are under way for a second, and no longer', async () => {
    const { count, publishMetrics } = await freshMetrics();
    count('PostsAccepted');
    publishMetrics(false);
    count('PostsAccepted');
    publishMetrics(true);
    vi.advanceTimersByTime(999);
    publishMetrics(true);
    expect(lines).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    publishMetrics(true);
    expect(lines).toHaveBeenCalledTimes(2);
  });
});
