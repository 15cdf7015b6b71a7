import type { ControlledPart } from '../processes/node-control.ts';
import type { SystemProcess } from './system-process.ts';

/**
 * The gateway as a part of the run: the process with gateway, functions and event sources.
 *
 * @param restart starts it again as it was
 */
export function gatewayPart(system: SystemProcess, restart: () => Promise<void>): ControlledPart {
  return {
    part: 'gateway',
    status: () => ({ state: system.state, pid: system.pid }),
    stop: () => system.stop(),
    kill: () => system.kill(),
    start: async () => {
      if (system.pid === undefined) await restart();
    },
    pause: async () => system.pause(),
    resume: async () => system.resume(),
  };
}

/**
 * A consumer function as a part of the run: while it is stopped its event sources are off, and records wait in the log.
 *
 * @param stopped names of those that are off; they stay off when the gateway starts again
 */
export function consumerPart(system: SystemProcess, name: string, stopped: Set<string>): ControlledPart {
  const runs = () => system.pid !== undefined;
  return {
    part: name,
    status: () => ({ state: runs() && !stopped.has(name) ? 'running' : 'stopped' }),
    stop: async () => {
      stopped.add(name);
      if (runs()) await system.control('stop', name);
    },
    kill: async () => {
      stopped.add(name);
      if (runs()) await system.control('kill', name);
    },
    start: async () => {
      await system.control('start', name);
      stopped.delete(name);
    },
  };
}
