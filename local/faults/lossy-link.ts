import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

export interface LossyLinkOptions {
  /** Where requests go: "http://localhost:3000". */
  readonly origin: string;
  /** Each as a share from 0 to 1; what is left gets through as it is. */
  readonly loseRequest: number;
  readonly loseAnswer: number;
  readonly duplicate: number;
  /** Each way at most. */
  readonly delayMilliseconds: number;
  /** How long a socket lives at most. */
  readonly socketMilliseconds: number;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const LOOPBACK = '127.0.0.1';

/** A bad link between clients and gateway: it loses requests, loses answers, sends requests twice, delays, and cuts sockets. */
export class LossyLink {
  readonly counts = { requests: 0, requestsLost: 0, answersLost: 0, duplicated: 0, socketsCut: 0 };
  readonly #options: LossyLinkOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();

  private constructor(options: LossyLinkOptions) {
    this.#options = options;
    this.#server = createServer((incoming, outgoing) => {
      this.#carry(incoming, outgoing).catch(() => incoming.socket.destroy());
    });
    this.#server.on('upgrade', (incoming, socket, head) => this.#tunnel(incoming, socket, head));
  }

  static async open(options: LossyLinkOptions): Promise<LossyLink> {
    const link = new LossyLink(options);
    link.#server.listen(0, LOOPBACK);
    await once(link.#server, 'listening');
    return link;
  }

  /** Of this end of the link. */
  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { loseRequest, loseAnswer, duplicate } = this.#options;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    this.counts.requests += 1;
    await this.#delay();
    const chance = Math.random();
    if (chance < loseRequest) {
      this.counts.requestsLost += 1;
      incoming.socket.destroy();
      return;
    }
    const first = this.#forward(incoming, body);
    // It is awaited only later, and fails by then where the gateway ends.
    first.catch(() => undefined);
    if (chance < loseRequest + duplicate) {
      this.counts.duplicated += 1;
      await this.#delay();
      await this.#forward(incoming, body);
    }
    const answer = await first;
    await this.#delay();
    if (chance > 1 - loseAnswer) {
      this.counts.answersLost += 1;
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(answer.status, answer.headers);
    outgoing.end(answer.body);
  }

  async #forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    const forwarded = request(new URL(url ?? '/', this.#options.origin), { method, headers, agent: false });
    forwarded.end(body);
    const [response] = (await once(forwarded, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) };
  }

  #tunnel(incoming: IncomingMessage, client: Duplex, head: Buffer): void {
    const { origin, socketMilliseconds } = this.#options;
    const { hostname, port } = new URL(origin);
    const gateway: Socket = connect(Number(port), hostname);
    const cut = () => {
      clearTimeout(timer);
      this.#sockets.delete(client);
      client.destroy();
      gateway.destroy();
    };
    const timer = setTimeout(() => {
      this.counts.socketsCut += 1;
      cut();
    }, Math.random() * socketMilliseconds);
    this.#sockets.add(client);
    for (const end of [client, gateway]) end.on('error', cut).on('close', cut);
    const lines = incoming.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 ? [`${name}: ${all[index + 1]}`] : [],
    );
    gateway.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    gateway.write(head);
    client.pipe(gateway).pipe(client);
  }

  async #delay(): Promise<void> {
    await pause(Math.random() * this.#options.delayMilliseconds);
  }
}
