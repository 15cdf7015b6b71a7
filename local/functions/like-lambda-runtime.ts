import { FunctionProcess } from './function-process.ts';
import type { FunctionRuntime } from './function-runtime.ts';
import { InstanceRecords } from './instance-records.ts';
import type { InvocationResult } from './invocation.ts';
import { EXITED } from './run-handler.ts';
import { factsOf, payloadOf, type RuntimeOptions, resultOf } from './runtime-core.ts';

export interface LikeLambdaOptions extends RuntimeOptions {
  /** Whether a function gets a setting of the environment; all of them by default. */
  readonly offers?: (functionName: string, setting: string) => boolean;
  /** Instances of one function at most; an invocation beyond them is throttled. */
  readonly instancesPerFunction?: number;
  /** An instance ends after so many invocations … */
  readonly invocationsPerInstance?: number;
  /** … or after so long without one. */
  readonly idleMilliseconds?: number;
  /** Where it is written down which processes run. */
  readonly instancesFile: string;
}

const INSTANCES_PER_FUNCTION = 10;
const INVOCATIONS_PER_INSTANCE = 500;
const IDLE_MILLISECONDS = 60_000;

/** Frozen instances of one function, the one used last on top, and those at work. */
interface Pool {
  readonly frozen: { instance: FunctionProcess; idle: NodeJS.Timeout }[];
  readonly busy: Set<FunctionProcess>;
}

/**
 * Keeps Lambda's execution model: an instance is a process with module state of its own, runs one invocation at a time and
 * nothing after the return, is recycled, and there are only so many of them.
 */
export class LikeLambdaRuntime implements FunctionRuntime {
  private readonly options: LikeLambdaOptions;
  private readonly records: InstanceRecords;
  private readonly pools = new Map<string, Pool>();
  private closed = false;

  constructor(options: LikeLambdaOptions) {
    this.options = options;
    this.records = new InstanceRecords(options.instancesFile);
  }

  readonly invoke = async (name: string, event: unknown): Promise<InvocationResult> => {
    const request = payloadOf(event);
    if ('tooLarge' in request) return request.tooLarge;
    if (this.closed) return resultOf(EXITED);
    const pool = this.poolOf(name);
    const instance = this.take(name, pool);
    if (instance === undefined) return { kind: 'throttled' };
    pool.busy.add(instance);
    const outcome = await instance.invoke(request.payload);
    pool.busy.delete(instance);
    this.giveBack(pool, instance);
    return resultOf(outcome);
  };

  async abort(name: string): Promise<void> {
    const pool = this.poolOf(name);
    const frozen = pool.frozen.splice(0);
    for (const { idle } of frozen) clearTimeout(idle);
    await Promise.all([
      ...frozen.map(({ instance }) => instance.end()),
      ...[...pool.busy].map((busy) => busy.end()),
    ]);
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.pools.keys()].map((name) => this.abort(name)));
  }

  private poolOf(name: string): Pool {
    const found = this.pools.get(name) ?? { frozen: [], busy: new Set<FunctionProcess>() };
    this.pools.set(name, found);
    return found;
  }

  private take(name: string, pool: Pool): FunctionProcess | undefined {
    for (let top = pool.frozen.pop(); top !== undefined; top = pool.frozen.pop()) {
      clearTimeout(top.idle);
      if (!top.instance.ended) return top.instance;
    }
    if (pool.busy.size >= (this.options.instancesPerFunction ?? INSTANCES_PER_FUNCTION)) return undefined;
    const { functions, instanceBundle, environment, offers = () => true } = this.options;
    const offered = Object.entries(environment).filter(([setting]) => offers(name, setting));
    return new FunctionProcess(
      factsOf(functions, name),
      instanceBundle,
      Object.fromEntries(offered),
      this.records,
    );
  }

  private giveBack(pool: Pool, instance: FunctionProcess): void {
    if (instance.ended) return;
    const limit = this.options.invocationsPerInstance ?? INVOCATIONS_PER_INSTANCE;
    if (this.closed || instance.invocations >= limit) {
      void instance.end();
      return;
    }
    const idle = setTimeout(() => {
      const place = pool.frozen.findIndex((entry) => entry.instance === instance);
      if (place >= 0) pool.frozen.splice(place, 1);
      void instance.end();
    }, this.options.idleMilliseconds ?? IDLE_MILLISECONDS);
    pool.frozen.push({ instance, idle });
  }
}
