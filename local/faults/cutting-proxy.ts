import { connect, createServer, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DelayLine } from './delay-line.ts';
import { FrameSplitter, PRODUCE_API_KEY, requestHeader, responseCorrelationId } from './kafka-frames.ts';

const LOOPBACK = '127.0.0.1';

export interface CuttingProxyOptions {
  target: { host: string; port: number };
  /** Where clients connect, on 127.0.0.1; any free port by default. */
  port?: number;
  /** `kafka` follows the requests, so that `cutAfterAppend` can be used; `plain` forwards whatever comes. */
  protocol: 'kafka' | 'plain';
}

/** A response that was kept from its client. */
export interface CutResponse {
  correlationId: number;
}

interface ArmedCut {
  resolve(cut: CutResponse): void;
}

/**
 * A TCP proxy in front of one server that breaks connections on demand: at once, between a broker's append and its response,
 * by refusing new ones, or by being slow.
 */
export class CuttingProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #options: CuttingProxyOptions;
  readonly #connections = new Set<Socket>();
  readonly #armed: ArmedCut[] = [];
  #delayMilliseconds = 0;

  private constructor(server: Server, port: number, options: CuttingProxyOptions) {
    this.#server = server;
    this.port = port;
    this.#options = options;
    server.on('connection', (client) => this.#forward(client));
  }

  /** Rejects when the port is taken. */
  static async open(options: CuttingProxyOptions): Promise<CuttingProxy> {
    const server = createServer();
    const port = await listen(server, options.port ?? 0);
    return new CuttingProxy(server, port, options);
  }

  /** What clients connect to: "127.0.0.1:<port>". */
  get address(): string {
    return `${LOOPBACK}:${this.port}`;
  }

  /** Cuts every connection that is open now. */
  cut(): void {
    for (const client of this.#connections) client.resetAndDestroy();
  }

  /**
   * Arms one cut: the next response to a Produce request is dropped when the broker has sent it, and its connection is cut. The
   * record is in the log, and its sender does not know. Several may be armed; each takes one response.
   *
   * @returns resolves when it has happened
   */
  cutAfterAppend(): Promise<CutResponse> {
    if (this.#options.protocol !== 'kafka') throw new Error('only a Kafka proxy knows what an append is');
    return new Promise((resolve) => this.#armed.push({ resolve }));
  }

  /** Takes back every cut that has been armed and has not happened. */
  disarm(): void {
    this.#armed.length = 0;
  }

  /** New connections are refused as by a closed port; those that are open stay. */
  refuse(): void {
    this.#server.close();
  }

  /** Ends `refuse`. */
  async accept(): Promise<void> {
    if (!this.#server.listening) await listen(this.#server, this.port);
  }

  /** Every byte takes this much longer, each way; 0 ends it. */
  delay(milliseconds: number): void {
    this.#delayMilliseconds = milliseconds;
  }

  /** Cuts all connections and stops listening. */
  async close(): Promise<void> {
    this.disarm();
    const closed = this.#server.listening
      ? new Promise<void>((resolve) => this.#server.close(() => resolve()))
      : undefined;
    this.cut();
    await closed;
  }

  #forward(client: Socket): void {
    const server = connect(this.#options.target);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      // Broken connections are this class's business; `pipeline` below ends the other side.
      socket.on('error', () => undefined);
    }
    this.#connections.add(client);
    client.once('close', () => {
      this.#connections.delete(client);
      server.destroy();
    });
    server.once('close', () => client.destroy());
    const delay = () => this.#delayMilliseconds;
    const follow = this.#options.protocol === 'kafka' ? this.#followKafka(client) : undefined;
    const there = follow
      ? pipeline(client, new DelayLine(delay), follow.requests, server)
      : pipeline(client, new DelayLine(delay), server);
    const back = follow
      ? pipeline(server, follow.responses, new DelayLine(delay), client)
      : pipeline(server, new DelayLine(delay), client);
    for (const direction of [there, back]) direction.catch(() => undefined);
  }

  #followKafka(client: Socket): { requests: Transform; responses: Transform } {
    const produced = new Set<number>();
    const requestFrames = new FrameSplitter();
    const responseFrames = new FrameSplitter();
    const requests = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        for (const frame of requestFrames.push(chunk)) {
          const { apiKey, correlationId } = requestHeader(frame);
          if (apiKey === PRODUCE_API_KEY) produced.add(correlationId);
        }
        done(null, chunk);
      },
    });
    const responses = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        const passed: Buffer[] = [];
        for (const frame of responseFrames.push(chunk)) {
          const correlationId = responseCorrelationId(frame);
          const armed = produced.delete(correlationId) ? this.#armed.shift() : undefined;
          if (armed !== undefined) {
            client.resetAndDestroy();
            armed.resolve({ correlationId });
            return;
          }
          passed.push(frame);
        }
        done(null, Buffer.concat(passed));
      },
    });
    return { requests, responses };
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
