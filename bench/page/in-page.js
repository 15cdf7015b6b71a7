/**
 * Runs in the page before any script of its own, and keeps what only the page can see: when it could be used, the long
 * tasks of its thread, and its frames. All times are milliseconds.
 */
(() => {
  const seen = { usableAt: undefined, longTasks: [], frames: [] };
  globalThis.seenByBenchmark = seen;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });

  const isUsable = () =>
    document.querySelector('[data-usable]') !== null ||
    (document.querySelector('[role="log"] article') !== null &&
      document.querySelector('main textarea:not(:disabled)') !== null);

  let frameBefore;
  const onFrame = (at) => {
    if (frameBefore !== undefined) seen.frames.push(at - frameBefore);
    frameBefore = at;
    if (seen.usableAt === undefined && isUsable()) seen.usableAt = performance.now();
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
})();
