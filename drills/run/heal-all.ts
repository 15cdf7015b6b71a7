import type { NodeControl } from '../../local/processes/node-control.ts';

const READY_MS = 240_000;

/** Resumes what is paused, starts what is stopped, and resolves once every part serves. */
export async function healAll(control: NodeControl): Promise<void> {
  const parts = await control.status();
  // The gateway is the process in which the functions run.
  for (const { part, number, state } of parts.toSorted((a) => (a.part === 'gateway' ? -1 : 0))) {
    if (state === 'paused') await control.resume(part, number);
    else if (state === 'stopped' || state === 'failed') await control.start(part, number);
  }
  await Promise.all(parts.map(({ part, number }) => control.waitUntilReady(part, number, READY_MS)));
}
