import type { Invoke } from './invocation.ts';

/** A function as the runtime needs it: what `FUNCTIONS` declares, and where its bundle is. */
export interface RunnableFunction {
  /** Path of the bundle; it exports `handler`. */
  readonly bundle: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

/** Runs functions as Lambda would. */
export interface FunctionRuntime {
  readonly invoke: Invoke;
  /** Ends all instances of a function at once, in the middle of whatever they do; the next invocation starts a new one. */
  abort(name: string): Promise<void>;
  /** Aborts all functions, for good. */
  close(): Promise<void>;
}
