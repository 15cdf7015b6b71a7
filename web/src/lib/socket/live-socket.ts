import type { PingMeEvent } from '../../../../core/contract/events.ts';
import {
  SOCKET_MAX_AGE_MS,
  SOCKET_OPEN_TIMEOUT_MS,
  SOCKET_PING_INTERVAL_MS,
  SOCKET_RETRY_FIRST_MS,
  SOCKET_RETRY_LONGEST_MS,
  SOCKET_STABLE_AFTER_MS,
} from '../../../../core/contract/limits.ts';
import { Scope } from '../lifecycle/scope.ts';
import { type Backoff, backoffMs } from '../retry/backoff.ts';
import { readFrame } from './read-frame.ts';

const RECONNECT_BACKOFF: Backoff = { baseMs: SOCKET_RETRY_FIRST_MS, maxMs: SOCKET_RETRY_LONGEST_MS };
/** A pong comes within milliseconds from a live connection, and never from a dead one. */
const PONG_TIMEOUT_MS = 6_000;
/** Planned reconnects are spread over so long before the age limit, so that they do not come together. */
const REPLACE_SPREAD_MS = 10 * 60_000;

export type LiveSocketStatus = 'away' | 'connecting' | 'open';

export interface LiveSocketOptions {
  /** Makes a connection that is about to open. */
  readonly connect: () => WebSocket;
  /** Called before each connection; `failures` is how many tries failed since the last one that opened. */
  readonly prepare: (failures: number) => Promise<void>;
  readonly onStatus: (status: LiveSocketStatus) => void;
  readonly onEvents: (events: readonly PingMeEvent[]) => void;
  readonly random: () => number;
}

/**
 * One live connection that comes back by itself: it pings, notices when nobody answers, retries with backoff and full
 * jitter, and replaces itself before the service's age limit, opening the new connection before closing the old.
 */
export class LiveSocket {
  readonly #options: LiveSocketOptions;
  readonly #scope = new Scope();
  #current: Connection | null = null;
  #next: Connection | null = null;
  #failures = 0;
  #waiting: (() => void) | null = null;
  #preparing = false;

  constructor(options: LiveSocketOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#connect();
  }

  stop(): void {
    this.#scope.end();
    this.#current?.close();
    this.#next?.close();
    this.#current = null;
    this.#next = null;
  }

  /** Something suggests that now is a good moment: connects at once if away, or asks whether the connection lives. */
  hurry(): void {
    if (this.#current) this.#current.ping();
    else if (this.#waiting) void this.#connect();
  }

  async #connect(): Promise<void> {
    if (this.#scope.ended || this.#preparing || this.#next) return;
    this.#waiting?.();
    this.#waiting = null;
    this.#preparing = true;
    if (!this.#current) this.#options.onStatus('connecting');
    try {
      await this.#options.prepare(this.#failures);
    } finally {
      this.#preparing = false;
    }
    if (this.#scope.ended) return;
    const connection: Connection = new Connection(this.#options.connect(), {
      onOpen: () => this.#opened(connection),
      onClose: () => this.#closed(connection),
      onEvents: this.#options.onEvents,
    });
    this.#next = connection;
  }

  #opened(connection: Connection): void {
    const replaced = this.#current;
    this.#current = connection;
    this.#next = null;
    replaced?.close();
    connection.scope.after(SOCKET_STABLE_AFTER_MS, () => {
      this.#failures = 0;
    });
    const spread = this.#options.random() * REPLACE_SPREAD_MS;
    connection.scope.after(SOCKET_MAX_AGE_MS - spread, () => void this.#connect());
    this.#options.onStatus('open');
  }

  #closed(connection: Connection): void {
    if (connection === this.#next) this.#next = null;
    else if (connection === this.#current) this.#current = null;
    else return;
    if (this.#scope.ended) return;
    this.#failures += 1;
    if (!this.#current) this.#options.onStatus('away');
    this.#waiting = this.#scope.after(
      backoffMs(this.#failures, RECONNECT_BACKOFF, this.#options.random()),
      () => void this.#connect(),
    );
  }
}

interface ConnectionEvents {
  readonly onOpen: () => void;
  readonly onClose: () => void;
  readonly onEvents: (events: readonly PingMeEvent[]) => void;
}

class Connection {
  readonly scope = new Scope();
  readonly #socket: WebSocket;
  readonly #events: ConnectionEvents;
  #expectingPong: (() => void) | null = null;

  constructor(socket: WebSocket, events: ConnectionEvents) {
    this.#socket = socket;
    this.#events = events;
    const giveUp = this.scope.after(SOCKET_OPEN_TIMEOUT_MS, () => this.#over());
    this.scope.listen(socket, 'open', () => {
      giveUp();
      this.#schedulePing();
      events.onOpen();
    });
    this.scope.listen(socket, 'message', (event) => this.#heard((event as MessageEvent<unknown>).data));
    this.scope.listen(socket, 'close', () => this.#over());
    this.scope.listen(socket, 'error', () => this.#over());
  }

  /** Asks whether the other side is there; without an answer the connection is over. */
  ping(): void {
    if (this.scope.ended || this.#expectingPong || this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send('{"type":"ping"}');
    this.#expectingPong = this.scope.after(PONG_TIMEOUT_MS, () => this.#over());
  }

  /** Closes without telling anybody. */
  close(): void {
    this.scope.end();
    this.#socket.close();
  }

  #schedulePing(): void {
    this.scope.after(SOCKET_PING_INTERVAL_MS, () => {
      this.ping();
      this.#schedulePing();
    });
  }

  #heard(data: unknown): void {
    const { events, pong } = readFrame(data);
    if (pong) {
      this.#expectingPong?.();
      this.#expectingPong = null;
    }
    if (events.length > 0) this.#events.onEvents(events);
  }

  #over(): void {
    if (this.scope.ended) return;
    this.close();
    this.#events.onClose();
  }
}
