import type { PingMeEvent } from '../../../../core/contract/events.ts';
import { SOCKET_PATH } from '../../../../core/contract/security-headers.ts';
import { jittered } from '../../lib/retry/backoff.ts';
import { LiveSocket, type LiveSocketStatus } from '../../lib/socket/live-socket.ts';
import type { SessionKeeper } from '../session/session-keeper.ts';
import { awayNoticed, liveLost, socketChanged } from '../state/connection-slice.ts';
import type { UserContext } from './user-context.ts';

/** A connection that comes back within so long was not worth a word. */
const NOTICE_AFTER_MS = 2_500;
/** A session that ends sooner than this is refreshed before a connection is opened with it. */
const SESSION_MARGIN_MS = 60_000;
/** Failures in a row after which it is asked why: some 7 s after the first, spread over 15. */
const ASK_WHY_EVERY = 4;
/** An own message comes back over the connection well within a second when all is well. */
const ECHO_TIMEOUT_MS = 5_000;
const LOST_CHECK_MS = 10_000;
/** Where somebody looks and nothing was heard for so long, it is asked whether anything could have been. */
const QUIET_MS = 30_000;

export interface LiveUpdatesOptions {
  readonly session: Pick<SessionKeeper, 'refreshIfDue'>;
  readonly onEvents: (events: readonly PingMeEvent[]) => void;
  /** The connection has opened (again): whatever happened before was not heard. */
  readonly onOpen: () => void;
  /** History was found to be away. */
  readonly onHistoryAway: () => void;
}

/** Keeps the live connection, and notices when it is open and yet brings nothing. */
export class LiveUpdates {
  readonly #context: UserContext;
  readonly #options: LiveUpdatesOptions;
  readonly #socket: LiveSocket;
  readonly #echoes = new Set<string>();
  #suspect = false;
  #callOffNotice: (() => void) | null = null;
  #callOffCheck: (() => void) | null = null;
  /** When something was heard last, ms since the epoch. */
  #heardAt = 0;

  constructor(context: UserContext, options: LiveUpdatesOptions) {
    this.#context = context;
    this.#options = options;
    this.#socket = new LiveSocket({
      connect: () => new WebSocket(new URL(SOCKET_PATH, location.href.replace(/^http/, 'ws'))),
      prepare: (failures) => this.#prepare(failures),
      onStatus: (status) => this.#changed(status),
      onEvents: (events) => this.#heard(events),
      random: context.random,
    });
    context.scope.onEnd(() => this.#socket.stop());
  }

  start(): void {
    this.#socket.start();
    this.#watchQuiet();
  }

  /** Live updates do not come: the conversation on the screen has to be read instead. */
  get areMissing(): boolean {
    const { socket, liveLost: lost } = this.#context.store.getState().connection;
    return socket !== 'open' || lost || this.#suspect;
  }

  hurry(): void {
    this.#socket.hurry();
  }

  /** The log has an own message: it should come back over the connection. */
  expectEcho(nonce: string): void {
    if (this.#context.store.getState().connection.socket !== 'open') return;
    this.#echoes.add(nonce);
    this.#context.scope.after(ECHO_TIMEOUT_MS, () => {
      if (!this.#echoes.delete(nonce)) return;
      this.#suspect = true;
      this.#socket.hurry();
      void this.#checkLost();
    });
  }

  async #prepare(failures: number): Promise<void> {
    const { session } = this.#options;
    await session.refreshIfDue(SESSION_MARGIN_MS);
    // A handshake says nothing of why it was refused; a read does, and refreshes the session if that is the reason. Not at
    // once and not each time: when everybody has lost the connection, it is one more request that comes from everybody.
    if (failures % ASK_WHY_EVERY === 0 && failures > 0)
      await this.#context.call('read-own-profile').catch(() => undefined);
  }

  #changed(status: LiveSocketStatus): void {
    const { store, scope } = this.#context;
    store.dispatch(socketChanged(status));
    if (status === 'open') {
      this.#callOffNotice?.();
      this.#callOffNotice = null;
      this.#suspect = false;
      this.#options.onOpen();
    } else {
      this.#callOffNotice ??= scope.after(NOTICE_AFTER_MS, () => store.dispatch(awayNoticed()));
    }
  }

  #heard(events: readonly PingMeEvent[]): void {
    this.#heardAt = Date.now();
    for (const event of events) {
      if (event.type !== 'message.posted') continue;
      this.#echoes.delete(event.nonce);
      this.#suspect = false;
      if (this.#context.store.getState().connection.liveLost) this.#context.store.dispatch(liveLost(false));
    }
    this.#options.onEvents(events);
  }

  #watchQuiet(): void {
    const { scope, store, random } = this.#context;
    scope.after(jittered(QUIET_MS, random()), () => {
      const { attended, socket, liveLost: lost } = store.getState().connection;
      const isQuiet = Date.now() - this.#heardAt >= QUIET_MS;
      if (attended && socket === 'open' && !lost && isQuiet) void this.#checkLost();
      this.#watchQuiet();
    });
  }

  /** The connections of all users are kept in one store; while that is away nobody hears anything. */
  async #checkLost(): Promise<void> {
    const { store, call, scope, random } = this.#context;
    const health = await call('read-health').catch(() => undefined);
    if (scope.ended) return;
    if (!health) this.#socket.hurry();
    if (health?.parts.cassandra === 'down') this.#options.onHistoryAway();
    const was = store.getState().connection.liveLost;
    // No answer tells nothing: what was lost is, until one says otherwise.
    const lost = health ? health.parts.dynamodb === 'down' : was;
    if (lost !== was) store.dispatch(liveLost(lost));
    this.#callOffCheck?.();
    this.#callOffCheck = lost
      ? scope.after(jittered(LOST_CHECK_MS, random()), () => void this.#checkLost())
      : null;
    if (was && !lost) this.#options.onOpen();
  }
}
