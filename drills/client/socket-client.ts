import { WebSocket } from 'ws';
import type { Frame, PingMeEvent } from '../../core/contract/events.ts';
import { SOCKET_OPEN_TIMEOUT_MS } from '../../core/contract/limits.ts';
import { SOCKET_PATH } from '../../core/contract/security-headers.ts';
import type { ApiClient } from './api-client.ts';

/** A live connection that keeps what it hears. */
export class SocketClient {
  readonly events: PingMeEvent[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #listeners = new Set<(event: PingMeEvent) => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      for (const event of frame.events) {
        this.events.push(event);
        for (const listener of this.#listeners) listener(event);
      }
    });
    socket.on('error', () => undefined);
  }

  /** Resolves once the handshake is accepted; rejects with its status if it is refused, and when it takes too long. */
  static async open(api: ApiClient, headers: Readonly<Record<string, string>> = {}): Promise<SocketClient> {
    const socket = new WebSocket(`${api.origin.replace(/^http/, 'ws')}${SOCKET_PATH}`, {
      headers: { cookie: api.cookieHeader(SOCKET_PATH), origin: api.origin, ...headers },
      handshakeTimeout: SOCKET_OPEN_TIMEOUT_MS,
    });
    const client = new SocketClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('unexpected-response', (_, response) =>
        reject(new Error(`refused with ${response.statusCode}`)),
      );
      socket.once('error', reject);
    });
    return client;
  }

  onEvent(listener: (event: PingMeEvent) => void): void {
    this.#listeners.add(listener);
  }

  /** The first event, heard already or to come, that `matches`. */
  async hears(matches: (event: PingMeEvent) => boolean, timeoutMs = 30_000): Promise<PingMeEvent> {
    const heard = this.events.find(matches);
    if (heard) return heard;
    return new Promise((resolve, reject) => {
      const listener = (event: PingMeEvent) => {
        if (!matches(event)) return;
        clearTimeout(timer);
        this.#listeners.delete(listener);
        resolve(event);
      };
      const timer = setTimeout(() => {
        this.#listeners.delete(listener);
        reject(new Error(`no such event within ${timeoutMs} ms; heard ${this.events.length} others`));
      }, timeoutMs);
      this.#listeners.add(listener);
    });
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** Ends the connection without a word, as a link that breaks. */
  terminate(): void {
    this.#socket.terminate();
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }
}
