/** An event of Chromium's trace, as far as it is read here; times are microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** On the thread's own clock, which stands still while the thread waits for a processor. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Of the page's main thread; milliseconds. */
export interface LongestTask {
  readonly wall: number;
  /** Of the task that kept the thread's processor longest. */
  readonly processor: number;
}

const TASK = 'ThreadControllerImpl::RunTask';
const MAIN_THREAD = 'CrRendererMain';

/**
 * The longest task of the page, by the clock on the wall and by the processor's. Where the first is much longer than the
 * second, the thread was not working but waiting for a processor that others had.
 *
 * @param events of a trace with the category `toplevel`
 */
export function longestTask(events: readonly TraceEvent[]): LongestTask {
  const mainThreads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === MAIN_THREAD)
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  let [wall, processor] = [0, 0];
  for (const { name, ph, pid, tid, dur = 0, tdur = 0 } of events) {
    if (name !== TASK || ph !== 'X' || !mainThreads.has(`${pid} ${tid}`)) continue;
    wall = Math.max(wall, dur / 1_000);
    processor = Math.max(processor, tdur / 1_000);
  }
  return { wall, processor };
}
