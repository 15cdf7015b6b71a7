import type { FunctionRuntime } from './function-runtime.ts';
import { FunctionThread } from './function-thread.ts';
import type { InvocationResult } from './invocation.ts';
import { PendingInvocations } from './pending-invocations.ts';
import { EXITED, type HandlerOutcome, loadHandler, runHandler } from './run-handler.ts';
import { factsOf, payloadOf, type RuntimeOptions, resultOf } from './runtime-core.ts';

export interface SharedRuntimeOptions extends RuntimeOptions {
  /**
   * Functions that get a thread of their own, so that they can be cut off and take no time from the others, and how far each
   * stands back while the machine is short of processors (`standBack`).
   */
  readonly inThreads: Readonly<Record<string, { readonly niceness: number }>>;
}

interface LoadedFunction {
  run(payload: string): Promise<HandlerOutcome>;
  end(): Promise<void>;
  readonly ended: boolean;
}

/**
 * Runs all functions in this process, many invocations at once: quick, and unlike Lambda, where an instance has one
 * invocation at a time. The functions' environment becomes this process's.
 */
export class SharedRuntime implements FunctionRuntime {
  private readonly options: SharedRuntimeOptions;
  private readonly loaded = new Map<string, LoadedFunction>();
  private closed = false;

  constructor(options: SharedRuntimeOptions) {
    this.options = options;
    Object.assign(process.env, options.environment);
    // So that the first record need not wait for its function to load.
    for (const name of Object.keys(options.inThreads)) this.load(name);
  }

  readonly invoke = async (name: string, event: unknown): Promise<InvocationResult> => {
    const request = payloadOf(event);
    if ('tooLarge' in request) return request.tooLarge;
    if (this.closed) return resultOf(EXITED);
    return resultOf(await this.load(name).run(request.payload));
  };

  async abort(name: string): Promise<void> {
    const found = this.loaded.get(name);
    this.loaded.delete(name);
    await found?.end();
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.loaded.keys()].map((name) => this.abort(name)));
  }

  private load(name: string): LoadedFunction {
    const found = this.loaded.get(name);
    if (found !== undefined && !found.ended) return found;
    const thread = this.options.inThreads[name];
    const made = thread === undefined ? this.inThisProcess(name) : this.inThread(name, thread.niceness);
    this.loaded.set(name, made);
    return made;
  }

  private inThread(name: string, niceness: number): LoadedFunction {
    const facts = { ...factsOf(this.options.functions, name), niceness };
    const thread = new FunctionThread(facts, this.options.instanceBundle);
    return {
      run: (payload) => thread.invoke(payload),
      end: () => thread.end(),
      get ended() {
        return thread.ended;
      },
    };
  }

  private inThisProcess(name: string): LoadedFunction {
    const facts = factsOf(this.options.functions, name);
    const handler = loadHandler(facts.bundle);
    // Loading does not count against the function's time. Should it fail, each invocation tells the reason.
    const loaded = handler.then(
      () => undefined,
      () => undefined,
    );
    // What runs here cannot be cut off: after its time is up it is only no longer waited for.
    const pending = new PendingInvocations(facts, () => undefined);
    return {
      run: async (payload) => {
        await loaded;
        const { id, outcome } = pending.begin();
        void runHandler(handler, payload, facts).then((ended) => pending.end(id, ended));
        return outcome;
      },
      end: async () => undefined,
      ended: false,
    };
  }
}
