import type { NodeControl } from './node-control.ts';

/**
 * One control for the parts of a system and those of the stores that it shares with others.
 *
 * @param own names of the system's parts
 */
export function jointControl(
  system: NodeControl,
  own: ReadonlySet<string>,
  stores: NodeControl,
): NodeControl {
  const of = (part: string) => (own.has(part) ? system : stores);
  return {
    status: async () => (await Promise.all([system.status(), stores.status()])).flat(),
    stop: (part, number) => of(part).stop(part, number),
    kill: (part, number) => of(part).kill(part, number),
    pause: (part, number) => of(part).pause(part, number),
    resume: (part, number) => of(part).resume(part, number),
    start: (part, number) => of(part).start(part, number),
    waitUntilReady: (part, number, milliseconds) => of(part).waitUntilReady(part, number, milliseconds),
  };
}
