import { EVENT_SOURCES } from '../../core/contract/event-sources.ts';
import { EventSource, type EventSourceOptions } from '../event-source/event-source.ts';
import type { FunctionRuntime } from '../functions/function-runtime.ts';
import type { Invoke } from '../functions/invocation.ts';
import { STORING_NICENESS } from '../processes/storing-niceness.ts';
import type { ControlAction } from './system-messages.ts';

/** The functions that are fed by event sources, each once. */
export const CONSUMER_FUNCTIONS = [...new Set(EVENT_SOURCES.map((source) => source.function))];

export interface OfConsumerThread {
  readonly niceness: number;
  /** Of each of its event sources; as declared by default. */
  readonly invocationsAtOnce?: number;
}

/**
 * Live updates keep up with posts; what is to be stored can wait in the log while the machine is short of processors. Pushing keeps a
 * thread busy, so more than one batch of it at once would only take turns; what waits for the one goes to each listener in one frame.
 */
export const CONSUMER_THREADS: Readonly<Record<(typeof CONSUMER_FUNCTIONS)[number], OfConsumerThread>> = {
  deliver: { niceness: 0, invocationsAtOnce: 1 },
  store: { niceness: STORING_NICENESS },
};

/** Consumer functions and what feeds them, whichever thread they are in. */
export interface ConsumerControl {
  /** Does what is asked for one function; resolves once it is done. */
  control(action: ControlAction, functionName: string): Promise<void>;
  /** Invokes a consumer function, as its event sources do. */
  readonly invoke: Invoke;
  stopAll(): Promise<void>;
}

/** The event sources of all consumer functions, switched on and off function by function. */
export class Consumers implements ConsumerControl {
  private readonly runtime: FunctionRuntime;
  private readonly common: Omit<EventSourceOptions, 'declaration'>;
  private readonly threads: Readonly<Record<string, OfConsumerThread>>;
  private readonly running = new Map<string, EventSource[]>();
  /** What was asked last is done last. */
  private queue: Promise<void> = Promise.resolve();

  /** @param threads of the functions that have one of their own each */
  constructor(
    runtime: FunctionRuntime,
    common: Omit<EventSourceOptions, 'declaration'>,
    threads: Readonly<Record<string, OfConsumerThread>> = {},
  ) {
    this.runtime = runtime;
    this.common = common;
    this.threads = threads;
  }

  control(action: ControlAction, functionName: string): Promise<void> {
    const done = this.queue.then(() => this.perform(action, functionName));
    this.queue = done.catch(() => undefined);
    return done;
  }

  readonly invoke: Invoke = (functionName, event) => this.runtime.invoke(functionName, event);

  async stopAll(): Promise<void> {
    await Promise.all([...this.running.values()].flat().map((source) => source.stop()));
  }

  private async perform(action: ControlAction, functionName: string): Promise<void> {
    if (action === 'start') return this.start(functionName);
    const sources = this.running.get(functionName) ?? [];
    this.running.delete(functionName);
    const stopped = Promise.all(sources.map((source) => source.stop()));
    // Killed at once; after a stop that waited, only what is still under way is cut off, or it would work on beside its successor.
    if (action === 'kill') await this.runtime.abort(functionName);
    await stopped;
    if (action === 'stop') await this.runtime.abort(functionName);
  }

  private start(functionName: string): void {
    if (this.running.has(functionName)) return;
    const declarations = EVENT_SOURCES.filter((source) => source.function === functionName);
    const invocationsAtOnce = this.threads[functionName]?.invocationsAtOnce;
    const sources = declarations.map(
      (declaration) => new EventSource({ ...this.common, declaration, invocationsAtOnce }),
    );
    this.running.set(functionName, sources);
    for (const source of sources) source.start();
  }
}
