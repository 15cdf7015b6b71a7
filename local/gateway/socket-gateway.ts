import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import * as z from 'zod/mini';
import { SOCKET_ROUTES } from '../../core/contract/functions.ts';
import type { InvocationResult, Invoke } from '../functions/invocation.ts';
import { newGatewayId, SOCKET_API } from './api-identity.ts';
import { readAuthorization } from './authorizer.ts';
import { EDGE_ADDRESS, toOriginHeaders, withSecurityHeaders } from './edge.ts';
import { LiveSocket } from './live-socket.ts';
import { headerList } from './raw-headers.ts';
import {
  type AuthorizerContext,
  CONNECT_METHOD_ARN,
  type SocketFacts,
  toAuthorizerEvent,
  toConnectEvent,
  toDisconnectEvent,
  toMessageEvent,
} from './socket-event.ts';
import { SocketHandshakes } from './socket-handshakes.ts';
import type { SocketLimits } from './socket-limits.ts';

export interface SocketGatewayOptions {
  readonly invoke: Invoke;
  readonly originSecret: string;
  readonly limits: SocketLimits;
}

/** Proxy results of `$connect` and `$default`. */
const proxyResultSchema = z.object({
  statusCode: z.union([z.int(), z.string()]),
  headers: z.nullish(z.record(z.string(), z.unknown())),
  body: z.nullish(z.string()),
});

interface Refusal {
  readonly status: number;
  readonly message?: string;
}

/** RFC 6455, section 7.4.1: there was no closing handshake. */
const ABNORMAL_CLOSURE = 1006;

const TIMED_OUT: InvocationResult = {
  kind: 'failed',
  errorType: 'IntegrationTimeout',
  errorMessage: 'Endpoint request timed out',
};

const MESSAGES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'Too Many Requests',
  500: 'Internal server error',
  502: 'Internal server error',
};

/** The WebSocket API: authorizer, `$connect`, `$default`, `$disconnect`, and the connections that are open. */
export class SocketGateway {
  private readonly options: SocketGatewayOptions;
  private readonly open = new Map<string, LiveSocket>();
  private readonly protocols = new WeakMap<IncomingMessage, string>();
  private readonly server: WebSocketServer;
  private readonly disconnects = new Set<Promise<unknown>>();
  private readonly handshakes: SocketHandshakes;

  constructor(options: SocketGatewayOptions) {
    this.options = options;
    const { handshakesAtOnce: atOnce, handshakeWaitMilliseconds: patienceMilliseconds } = options.limits;
    this.handshakes = new SocketHandshakes({ atOnce, patienceMilliseconds });
    this.server = new WebSocketServer({
      noServer: true,
      // API Gateway negotiates no extension.
      perMessageDeflate: false,
      maxPayload: options.limits.messageBytes,
      // Only the subprotocol that $connect names, if it does.
      handleProtocols: (_offered, request) => this.protocols.get(request) ?? false,
    });
  }

  /** An open connection; undefined before `$connect` has accepted it, and from its end on. */
  find(connectionId: string): LiveSocket | undefined {
    const found = this.open.get(connectionId);
    return found?.isOpen ? found : undefined;
  }

  /** Takes an HTTP upgrade for the socket's path. */
  async upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    // A client that goes away during the handshake is nobody's error.
    stream.on('error', () => stream.destroy());
    const facts = this.factsOf(request);
    if ((await this.handshakes.turn()) === 'too-late')
      return refuse(stream, { status: 429 }, facts.connectionId);
    try {
      // It takes work to open a connection, which is better done for those that still want it.
      if (hasLeft(stream)) stream.destroy();
      else await this.shakeHands(facts, request, stream, head);
    } finally {
      this.handshakes.ended();
    }
  }

  private async shakeHands(
    facts: SocketFacts,
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
  ): Promise<void> {
    const authorized = await this.authorize(facts);
    if ('status' in authorized) return refuse(stream, authorized, facts.connectionId);
    const accepted = await this.connect(facts, authorized.context);
    if ('status' in accepted) return refuse(stream, accepted, facts.connectionId);
    if (hasLeft(stream)) {
      stream.destroy();
      return this.disconnect(facts, authorized.context, { code: ABNORMAL_CLOSURE, reason: '' });
    }
    if (accepted.protocol !== undefined) this.protocols.set(request, accepted.protocol);
    this.server.handleUpgrade(request, stream, head, (socket) => {
      const live = new LiveSocket({
        facts,
        authorizer: authorized.context,
        socket,
        stream,
        limits: this.options.limits,
        listener: {
          onMessage: (from, text) => this.message(from, text),
          onClose: (from, code, reason) => this.closed(from, code, reason),
        },
      });
      this.open.set(facts.connectionId, live);
    });
  }

  /** Closes every connection and waits a little for the `$disconnect` of each: they are best effort. */
  async close(waitMilliseconds: number): Promise<void> {
    for (const socket of this.open.values()) socket.goAway();
    const limit = new Promise((resolve) => setTimeout(resolve, waitMilliseconds).unref());
    const empty = async () => {
      while (this.open.size > 0 || this.disconnects.size > 0) {
        await Promise.race([...this.disconnects, new Promise((resolve) => setTimeout(resolve, 20).unref())]);
      }
    };
    await Promise.race([limit, empty()]);
    this.server.close();
  }

  private factsOf(request: IncomingMessage): SocketFacts {
    const [, rawQueryString = ''] = (request.url ?? '').split('?');
    return {
      connectionId: newGatewayId(),
      connectedAt: new Date(),
      sourceIp: EDGE_ADDRESS,
      userAgent: request.headers['user-agent'],
      headers: toOriginHeaders(headerList(request), {
        domainName: SOCKET_API.domainName,
        secret: this.options.originSecret,
        viewerAddress: request.socket.remoteAddress ?? '',
      }),
      rawQueryString,
    };
  }

  private async authorize(facts: SocketFacts): Promise<{ context: AuthorizerContext } | Refusal> {
    const begun = performance.now();
    const event = toAuthorizerEvent(facts, new Date());
    const result = await this.invoke(SOCKET_ROUTES.$connect.authorizer, event);
    const authorization = readAuthorization(result, CONNECT_METHOD_ARN, performance.now() - begun);
    return authorization.kind === 'allowed' ? authorization : { status: authorization.status };
  }

  private async connect(
    facts: SocketFacts,
    authorizer: AuthorizerContext,
  ): Promise<{ protocol?: string } | Refusal> {
    const result = await this.invoke(
      SOCKET_ROUTES.$connect.function,
      toConnectEvent(facts, authorizer, new Date()),
    );
    if (result === TIMED_OUT) return { status: 504, message: 'Endpoint request timed out' };
    const answer = result.kind === 'returned' ? z.safeParse(proxyResultSchema, result.value) : undefined;
    if (!answer?.success) return { status: 502 };
    const status = Number(answer.data.statusCode);
    if (!Number.isInteger(status) || status < 200 || status > 599) return { status: 502 };
    if (status >= 300) return { status };
    const protocol = Object.entries(answer.data.headers ?? {}).find(
      ([name]) => name.toLowerCase() === 'sec-websocket-protocol',
    )?.[1];
    return typeof protocol === 'string' ? { protocol } : {};
  }

  /** The route has a route response: what the function returns as body is sent back. */
  private async message(socket: LiveSocket, text: string): Promise<string | undefined> {
    const event = toMessageEvent(socket.facts, socket.authorizer, text, new Date());
    const result = await this.invoke(SOCKET_ROUTES.$default.function, event);
    const answer = result.kind === 'returned' ? z.safeParse(proxyResultSchema, result.value) : undefined;
    if (!answer?.success) {
      const { connectionId } = socket.facts;
      return JSON.stringify({
        message: MESSAGES[500],
        connectionId,
        requestId: event.requestContext.requestId,
      });
    }
    return answer.data.body || undefined;
  }

  private closed(socket: LiveSocket, code: number, reason: string): void {
    this.open.delete(socket.facts.connectionId);
    this.disconnect(socket.facts, socket.authorizer, { code, reason });
  }

  private disconnect(
    facts: SocketFacts,
    authorizer: AuthorizerContext,
    close: { readonly code: number; readonly reason: string },
  ): void {
    const event = toDisconnectEvent(facts, authorizer, close, new Date());
    const disconnect = this.invoke(SOCKET_ROUTES.$disconnect.function, event);
    this.disconnects.add(disconnect);
    void disconnect.finally(() => this.disconnects.delete(disconnect));
  }

  private async invoke(name: string, event: unknown): Promise<InvocationResult> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<InvocationResult>((resolve) => {
      timer = setTimeout(resolve, this.options.limits.integrationMilliseconds, TIMED_OUT);
    });
    try {
      return await Promise.race([this.options.invoke(name, event), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Whether the other side has ended the connection that is to become a socket. */
function hasLeft(stream: Duplex): boolean {
  return stream.destroyed || stream.readableEnded;
}

/** Answers a handshake with a status instead of a socket. */
export function refuse(stream: Duplex, { status, message }: Refusal, connectionId: string): void {
  const text = message ?? MESSAGES[status];
  const body =
    text === undefined ? '' : JSON.stringify({ message: text, connectionId, requestId: newGatewayId() });
  const headers = withSecurityHeaders({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}
