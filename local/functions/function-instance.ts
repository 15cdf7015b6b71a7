import type { HandlerOutcome } from './run-handler.ts';

/** Something that has a function loaded and can be ended while it works. */
export interface FunctionInstance {
  /** Runs an invocation; resolves also when the instance ends under it. */
  invoke(payload: string): Promise<HandlerOutcome>;
  /** Ends the instance at once. */
  end(): Promise<void>;
  /** True from the moment at which it takes no more invocations. */
  readonly ended: boolean;
}
