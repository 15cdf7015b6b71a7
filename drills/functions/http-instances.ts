import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Drill } from '../drill.ts';

const KILLS = 40;

/** Instances as Lambda has them, and one after the other dies in the middle of what it does: posts, reads, pushes, stores. */
const instancesKilled: Drill = {
  name: 'functions-instances-killed',
  title: `kill -9 of any function's instance, ${KILLS} times`,
  system: () => ({ likeLambda: true }),
  run: async (context) => {
    const load = await context.load({ people: 4, conversations: 6, postsPerSecond: 20, dropsPerSecond: 0.2 });
    await load.acknowledges(50);
    const file = join(context.directory, 'instances.json');
    let killed = 0;
    for (let turn = 0; killed < KILLS && turn < 10 * KILLS; turn += 1) {
      const instances = JSON.parse(readFileSync(file, 'utf8')) as { pid: number }[];
      const victim = instances[Math.floor(Math.random() * instances.length)];
      if (victim !== undefined) {
        await context.fault(`instance ${victim.pid} of ${instances.length} dies`, async () =>
          kill(victim.pid),
        );
        killed += 1;
      }
      await pause(100 + Math.random() * 200);
    }
    await context.heal('no more instances are killed');
    await load.acknowledges(100);
    return [{ promise: 'instances died', kept: killed === KILLS, measured: `${killed} killed` }];
  },
};

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It was recycled a moment ago.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

export const instanceDrills: readonly Drill[] = [instancesKilled];
