/** Sends to live connections: API Gateway's `@connections`. */
export interface ConnectionPusher {
  /** `gone`: that connection has ended. `failed`: this push did not get through; the connection may live. Never throws. */
  push(connectionId: string, frame: string): Promise<'sent' | 'gone' | 'failed'>;
  /** Ends a connection; one that has ended already is fine. Never throws. */
  close(connectionId: string): Promise<void>;
}
