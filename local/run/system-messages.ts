import type { RunnableFunction } from '../functions/function-runtime.ts';
import type { InvocationResult } from '../functions/invocation.ts';
import type { SocketLimits } from '../gateway/socket-limits.ts';

/** All that the system's process needs to know; plain JSON. */
export interface SystemConfiguration {
  /** 0 for any free port. */
  readonly port: number;
  readonly functions: Readonly<Record<string, RunnableFunction>>;
  readonly instanceBundle: string;
  /** Main module of the thread with the event sources. */
  readonly consumerThreadBundle: string;
  /** Settings of the functions, all but CONNECTIONS_ENDPOINT. */
  readonly environment: Readonly<Record<string, string>>;
  readonly likeLambda: LikeLambdaLimits | undefined;
  /** Where it is written down which processes run functions. */
  readonly instancesFile: string;
  readonly originSecretFile: string;
  readonly pageDirectory: string;
  readonly brokers: readonly string[];
  readonly topicPrefix: string;
  /** Tables to create, and whether topics and schema are brought up to date; absent at a restart. */
  readonly setUp: { readonly dynamodbEndpoint: string; readonly tablePrefix: string } | undefined;
  /** Consumer functions whose event sources stay off. */
  readonly stopped: readonly string[];
  readonly socketLimits: Partial<SocketLimits>;
}

/** What `--like-lambda` allows a function; each has a default. */
export interface LikeLambdaLimits {
  readonly instancesPerFunction?: number;
  readonly invocationsPerInstance?: number;
  readonly idleMilliseconds?: number;
}

/** The steps of a start, in their order. */
export type SystemStep = 'tables' | 'topics and schema' | 'gateway';

/** From the process that started the system. */
export type ToSystem =
  | { readonly kind: 'configure'; readonly configuration: SystemConfiguration }
  | {
      readonly kind: 'control';
      readonly id: number;
      readonly action: ControlAction;
      readonly functionName: string;
    }
  | { readonly kind: 'invoke'; readonly id: number; readonly functionName: string; readonly event: unknown }
  /** Comes with a copy of the gateway's listening handle. */
  | { readonly kind: 'listener-copy' }
  | { readonly kind: 'stop' };

/** `stop` lets the invocations under way end, `kill` cuts them off. */
export type ControlAction = 'start' | 'stop' | 'kill';

/** Where a running system can be reached. */
export interface SystemAddresses {
  /** Of the origin. */
  readonly port: number;
  /** Where functions post to live connections. */
  readonly connectionsEndpoint: string;
}

/** From the system. */
export type FromSystem =
  | { readonly kind: 'step-finished'; readonly step: SystemStep; readonly seconds: number }
  | ({ readonly kind: 'ready' } & SystemAddresses)
  /** Comes with the gateway's listening handle, of which it wants copies. */
  | { readonly kind: 'listening' }
  /** `sentence` is for the person at the terminal. */
  | { readonly kind: 'failed'; readonly sentence: string }
  | { readonly kind: 'controlled'; readonly id: number }
  | { readonly kind: 'invoked'; readonly id: number; readonly result: InvocationResult };
