import type { HandlerOutcome } from './run-handler.ts';

/** An invocation on its way to an instance: `payload` is the event as JSON. */
export interface ToInstance {
  readonly id: number;
  readonly payload: string;
}

/** `ready` once the bundle is loaded, then one `ended` for each invocation. */
export type FromInstance =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ended'; readonly id: number; readonly outcome: HandlerOutcome };
