import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket as Socket, WebSocket, WebSocketServer } from 'ws';

/** Sockets between two ends of this very process: what writing to them costs at least. */
export class BareSockets {
  readonly #server: WebSocketServer;
  readonly #ends: readonly WebSocket[];

  private constructor(server: WebSocketServer, ends: readonly WebSocket[]) {
    this.#server = server;
    this.#ends = ends;
  }

  static async open(count: number): Promise<BareSockets> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ends: WebSocket[] = [];
    for (let index = 0; index < count; index += 1) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`);
      await once(socket, 'open');
      ends.push(socket);
    }
    return new BareSockets(server, ends);
  }

  /** @returns milliseconds until the last end has it */
  async deliver(text: string): Promise<number> {
    const begunAt = performance.now();
    const heard = Promise.all(this.#ends.map((end) => once(end, 'message')));
    for (const socket of this.#server.clients as Set<Socket>) socket.send(text);
    await heard;
    return performance.now() - begunAt;
  }

  async close(): Promise<void> {
    for (const end of this.#ends) end.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
