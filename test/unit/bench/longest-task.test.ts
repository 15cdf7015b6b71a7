import { expect, it } from 'vitest';
import { longestTask, type TraceEvent } from '../../../bench/page/longest-task.ts';

const TASK = 'ThreadControllerImpl::RunTask';
const named = (pid: number, tid: number, name: string): TraceEvent => ({
  name: 'thread_name',
  ph: 'M',
  pid,
  tid,
  args: { name },
});
const task = (pid: number, tid: number, dur: number, tdur: number): TraceEvent => ({
  name: TASK,
  ph: 'X',
  pid,
  tid,
  dur,
  tdur,
});

it('is found on main threads of pages only, by the wall clock and by the processor’s', () => {
  const events = [
    named(1, 1, 'CrRendererMain'),
    named(1, 2, 'Compositor'),
    named(9, 1, 'CrBrowserMain'),
    task(1, 1, 120_000, 15_000),
    task(1, 1, 40_000, 38_500),
    task(1, 2, 900_000, 900_000),
    task(9, 1, 800_000, 800_000),
    { ...task(1, 1, 700_000, 700_000), name: 'something within a task' },
  ];
  expect(longestTask(events)).toEqual({ wall: 120, processor: 38.5 });
});

it('is nothing where nothing was done', () => {
  expect(longestTask([])).toEqual({ wall: 0, processor: 0 });
});
