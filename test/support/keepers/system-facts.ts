import type { StoreAddresses } from '../../../local/stores/stores.ts';

/** Addresses of the whole system that the browser and API tests use; the stores' own addresses are among them. */
export interface SystemFacts extends StoreAddresses {
  /** "http://localhost:40123" */
  readonly origin: string;
  readonly keyspace: string;
  readonly topicPrefix: string;
  readonly tablePrefix: string;
  /** Where functions, event sources and gateway write; kept in `.ping-me/test-logs` when the system has ended. */
  readonly logFile: string;
  /** Whether the functions run one invocation at a time and are frozen in between. */
  readonly likeLambda: boolean;
}

/** What the keeper of a system is asked for, as its one argument, in JSON. */
export interface SystemRequest {
  readonly stores: StoreAddresses;
  readonly likeLambda: boolean;
}
