import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { FrameSizeGuard } from './frame-size-guard.ts';
import type { AuthorizerContext, SocketFacts } from './socket-event.ts';
import type { SocketLimits } from './socket-limits.ts';

/** What a connection tells its gateway. */
export interface SocketListener {
  /** A text message; resolves with what is sent back, if anything. */
  onMessage(socket: LiveSocket, text: string): Promise<string | undefined>;
  onClose(socket: LiveSocket, code: number, reason: string): void;
}

/** Close codes that API Gateway uses (RFC 6455, section 7.4.1). */
const NORMAL = 1000;
const GOING_AWAY = 1001;
const UNSUPPORTED_DATA = 1003;
const TOO_BIG = 1009;

/** A client that reads nothing must not fill our memory: it is cut off, and fills its gap when it comes back. */
const UNREAD_MAX_BYTES = 4 * 1024 * 1024;
/** Messages of one client that may be under way; until then it has to wait. */
const MESSAGES_UNDER_WAY = 32;
/** How long a client may take to answer a close before its connection is cut. */
const CLOSE_MILLISECONDS = 2_000;

/** One open connection of the WebSocket API, with its limits. */
export class LiveSocket {
  readonly facts: SocketFacts;
  readonly authorizer: AuthorizerContext;
  lastActiveAt: Date;
  private readonly socket: WebSocket;
  private readonly listener: SocketListener;
  private readonly limits: SocketLimits;
  private readonly ageTimer: NodeJS.Timeout;
  private idleTimer: NodeJS.Timeout;
  private underWay = 0;

  constructor(parts: {
    facts: SocketFacts;
    authorizer: AuthorizerContext;
    socket: WebSocket;
    /** The bytes below the socket. */
    stream: Duplex;
    listener: SocketListener;
    limits: SocketLimits;
  }) {
    this.facts = parts.facts;
    this.authorizer = parts.authorizer;
    this.lastActiveAt = parts.facts.connectedAt;
    this.socket = parts.socket;
    this.listener = parts.listener;
    this.limits = parts.limits;
    const guard = new FrameSizeGuard(this.limits.frameBytes);
    // Ours comes first, so that a frame that is too large never becomes a message.
    parts.stream.prependListener('data', (chunk: Buffer) => {
      if (this.isOpen && !guard.accepts(chunk)) this.close(TOO_BIG, 'Message too big');
    });
    this.socket.on('message', (data: Buffer, isBinary) => this.receive(data, isBinary));
    // ws closes by itself with the right code; there is nothing to add.
    this.socket.on('error', () => undefined);
    this.socket.on('close', (code, reason) => this.ended(code, reason.toString('utf8')));
    this.ageTimer = setTimeout(() => this.close(GOING_AWAY, 'Going away'), this.limits.ageMilliseconds);
    this.idleTimer = this.startIdleTimer();
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** @returns false when the client is gone, or has left too much unread */
  send(text: string): boolean {
    if (!this.isOpen) return false;
    if (this.socket.bufferedAmount > UNREAD_MAX_BYTES) {
      this.socket.terminate();
      return false;
    }
    this.socket.send(text);
    this.active();
    return true;
  }

  disconnect(): void {
    this.close(NORMAL, 'Connection Closed Normally');
  }

  /** The gateway ends. */
  goAway(): void {
    this.close(GOING_AWAY, 'Going away');
  }

  private receive(data: Buffer, isBinary: boolean): void {
    if (!this.isOpen) return;
    if (isBinary) {
      this.close(UNSUPPORTED_DATA, 'Binary frames are not supported');
      return;
    }
    this.active();
    this.underWay += 1;
    if (this.underWay === MESSAGES_UNDER_WAY) this.socket.pause();
    void this.listener.onMessage(this, data.toString('utf8')).then((answer) => {
      if (this.underWay === MESSAGES_UNDER_WAY) this.socket.resume();
      this.underWay -= 1;
      if (answer !== undefined) this.send(answer);
    });
  }

  private active(): void {
    this.lastActiveAt = new Date();
    this.idleTimer.refresh();
  }

  private startIdleTimer(): NodeJS.Timeout {
    return setTimeout(() => this.close(GOING_AWAY, 'Going away'), this.limits.idleMilliseconds);
  }

  private close(code: number, reason: string): void {
    this.socket.close(code, reason);
    setTimeout(() => this.socket.terminate(), CLOSE_MILLISECONDS).unref();
  }

  private ended(code: number, reason: string): void {
    clearTimeout(this.ageTimer);
    clearTimeout(this.idleTimer);
    this.listener.onClose(this, code, reason);
  }
}
