import type { InvocationResult } from '../functions/invocation.ts';
import type { ControlAction, SystemConfiguration } from './system-messages.ts';

/** What the thread is given when it starts; plain JSON. */
export interface ConsumerThreadConfiguration
  extends Pick<
    SystemConfiguration,
    'functions' | 'instanceBundle' | 'environment' | 'brokers' | 'topicPrefix'
  > {}

export type ConsumerRequest =
  | { readonly kind: 'control'; readonly action: ControlAction; readonly functionName: string }
  | { readonly kind: 'invoke'; readonly functionName: string; readonly event: unknown }
  | { readonly kind: 'stop' };

/** A request on its way to the thread … */
export type ToConsumerThread = ConsumerRequest & { readonly id: number };

/** … and its end; `result` is that of an invocation. */
export interface FromConsumerThread {
  readonly id: number;
  readonly result?: InvocationResult;
}
