import type { SendHandle } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { SOCKET_PATH } from '../../core/contract/security-headers.ts';
import type { Invoke } from '../functions/invocation.ts';
import { ConnectionsEndpoint } from './connections-endpoint.ts';
import { withSecurityHeaders } from './edge.ts';
import { gatewayMessage, type HttpAnswer } from './http-answer.ts';
import { answerApiRequest, INTEGRATION_LIMIT_MILLISECONDS } from './http-api.ts';
import { handleOf, listenToCopy } from './listener-copies.ts';
import { Page } from './page.ts';
import { refuse, SocketGateway } from './socket-gateway.ts';
import { SOCKET_LIMITS, type SocketLimits } from './socket-limits.ts';

export interface GatewayOptions {
  readonly invoke: Invoke;
  readonly originSecret: string;
  /** The built page: `web/dist`. */
  readonly pageDirectory: string;
  /** Shortened in tests. */
  readonly socketLimits?: Partial<SocketLimits>;
  readonly integrationLimitMilliseconds?: number;
  readonly log: (message: string, details: Readonly<Record<string, unknown>>) => void;
}

const LOOPBACK = '127.0.0.1';
/**
 * Connections that may wait to be taken: all clients come back at once. Linux cuts it to `net.core.somaxconn`, 4,096 by default;
 * Node's own default is 511.
 */
const BACKLOG = 4_096;
/** How long a stop waits for requests under way and for the functions of `$disconnect`. */
const CLOSE_MILLISECONDS = 1_500;

/** Page, API and socket on one origin, as CloudFront has them, and the `@connections` endpoint beside it. */
export class Gateway {
  private readonly options: GatewayOptions;
  private readonly server: Server;
  private readonly copies: NetServer[] = [];
  private readonly sockets: SocketGateway;
  private readonly connections: ConnectionsEndpoint;
  private page: Page | undefined;

  constructor(options: GatewayOptions) {
    this.options = options;
    this.sockets = new SocketGateway({
      invoke: options.invoke,
      originSecret: options.originSecret,
      limits: { ...SOCKET_LIMITS, ...options.socketLimits },
    });
    this.connections = new ConnectionsEndpoint((connectionId) => this.sockets.find(connectionId));
    this.server = createServer((request, response) => void this.serve(request, response));
    this.server.keepAliveTimeout = 75_000;
    this.server.on('upgrade', (request, stream, head) => {
      if (pathOf(request) === SOCKET_PATH) void this.sockets.upgrade(request, stream, head);
      else refuse(stream, { status: 404 }, '');
    });
  }

  /** Opens the `@connections` endpoint; functions need to know it before they start. */
  openConnections(): Promise<string> {
    return this.connections.listen();
  }

  /**
   * Opens the origin.
   *
   * @param port 0 for any that is free
   * @returns the port
   */
  async open(port: number): Promise<number> {
    this.page = await Page.load(this.options.pageDirectory);
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ host: LOOPBACK, port, backlog: BACKLOG }, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** What listens, to be copied. */
  get listeningHandle(): SendHandle {
    return handleOf(this.server);
  }

  /** Takes connections from a copy of `listeningHandle` too. */
  listenToCopy(handle: SendHandle): void {
    this.copies.push(
      listenToCopy(handle, BACKLOG, (connection) => this.server.emit('connection', connection)),
    );
  }

  async close(): Promise<void> {
    for (const listener of [this.server, ...this.copies]) listener.close();
    await this.sockets.close(CLOSE_MILLISECONDS);
    this.server.closeAllConnections();
    this.connections.close();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.answer(request).catch((error: unknown): HttpAnswer => {
      const viewerLeft = request.destroyed && !request.complete;
      if (!viewerLeft)
        this.options.log('the gateway failed', {
          error: error instanceof Error ? error.stack : String(error),
        });
      return gatewayMessage(500, 'Internal Server Error');
    });
    if (response.destroyed) return;
    const hasBody = answer.status !== 204 && answer.status !== 304;
    response.writeHead(answer.status, {
      ...withSecurityHeaders(answer.headers),
      ...(hasBody ? { 'content-length': String(answer.body.length) } : {}),
    });
    response.end(request.method === 'HEAD' || !hasBody ? undefined : answer.body);
  }

  private async answer(request: IncomingMessage): Promise<HttpAnswer> {
    const path = pathOf(request);
    if (path === SOCKET_PATH) return gatewayMessage(426, 'Upgrade Required');
    if (path === '/api' || path.startsWith('/api/')) {
      return answerApiRequest(request, {
        invoke: this.options.invoke,
        originSecret: this.options.originSecret,
        integrationLimitMilliseconds:
          this.options.integrationLimitMilliseconds ?? INTEGRATION_LIMIT_MILLISECONDS,
      });
    }
    return this.page === undefined ? gatewayMessage(503, 'Service Unavailable') : this.page.answer(request);
  }
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}
