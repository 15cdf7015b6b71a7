/** What a part is doing: `starting` until it is ready; `failed` when it ended without having been asked to. */
export type PartState = 'starting' | 'running' | 'paused' | 'stopped' | 'failed';

/** One controllable thing: `{ part: 'cassandra', number: 2 }`, or `{ part: 'store' }` where there is only one of the kind. */
export interface PartStatus {
  part: string;
  number?: number | undefined;
  state: PartState;
  pid?: number | undefined;
}

/**
 * Stop, kill and start single parts of a run. A part that exists once is named without a number.
 * Every method rejects with a one-sentence error when the part, number or action does not exist.
 */
export interface NodeControl {
  status(): Promise<PartStatus[]>;
  /** Graceful: resolves once the part has ended (a process that does not end in time is killed). */
  stop(part: string, number?: number): Promise<void>;
  /** SIGKILL: resolves once the process is gone. */
  kill(part: string, number?: number): Promise<void>;
  /** SIGSTOP: the part keeps its connections and answers nothing. */
  pause(part: string, number?: number): Promise<void>;
  /** SIGCONT. */
  resume(part: string, number?: number): Promise<void>;
  /** Starts a stopped part; resolves once it runs, not once it is ready. Starting a running part does nothing. */
  start(part: string, number?: number): Promise<void>;
  /** Resolves once the part serves its clients; rejects after `timeoutMilliseconds` (60 s by default). */
  waitUntilReady(part: string, number?: number, timeoutMilliseconds?: number): Promise<void>;
}

/** A part that anything in the owning process can register; `pause` and `resume` are for parts that can hang. */
export interface ControlledPart {
  part: string;
  number?: number | undefined;
  status(): { state: PartState; pid?: number | undefined };
  stop(): Promise<void>;
  kill(): Promise<void>;
  start(): Promise<void>;
  waitUntilReady?(timeoutMilliseconds: number): Promise<void>;
  pause?(): Promise<void>;
  resume?(): Promise<void>;
}

/** The control as its owner holds it: parts can be added while it runs. */
export interface OwnedNodeControl extends NodeControl {
  register(part: ControlledPart): void;
}
