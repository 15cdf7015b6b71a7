import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { newGatewayId, SOCKET_API } from './api-identity.ts';
import type { LiveSocket } from './live-socket.ts';
import { readBody } from './request-body.ts';

/** Quota of a message, also of one that is posted. */
const MESSAGE_MAX_BYTES = 128 * 1024;

interface ConnectionsAnswer {
  readonly status: number;
  /** The name of the API's exception, by which the SDK knows it. */
  readonly errorType?: string;
  readonly body?: object;
}

const GONE: ConnectionsAnswer = { status: 410, errorType: 'GoneException', body: { message: 'Gone' } };

/**
 * The `@connections` API, by which functions post to live connections. It listens on a port of its own, never on the public
 * origin.
 */
export class ConnectionsEndpoint {
  private readonly server: Server;
  private readonly find: (connectionId: string) => LiveSocket | undefined;

  /** @param find an open connection by its id */
  constructor(find: (connectionId: string) => LiveSocket | undefined) {
    this.find = find;
    this.server = createServer((request, response) => void this.serve(request, response));
    // Clients keep connections; one that is closed under a request would look like a failure.
    this.server.keepAliveTimeout = 10 * 60_000;
  }

  /** @returns the endpoint for `ApiGatewayManagementApiClient`, stage included */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen({ host: '127.0.0.1', port: 0 }, resolve);
    });
    const address = this.server.address();
    if (address === null || typeof address === 'string')
      throw new Error('the @connections endpoint has no port');
    return `http://127.0.0.1:${address.port}/${SOCKET_API.stage}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, errorType, body } = await this.answer(request).catch(
      (): ConnectionsAnswer => ({
        status: 500,
        errorType: 'InternalServerErrorException',
        body: { message: null },
      }),
    );
    response.writeHead(status, {
      'x-amzn-RequestId': newGatewayId(),
      ...(errorType === undefined ? {} : { 'x-amzn-ErrorType': errorType }),
      ...(body === undefined ? { 'content-length': '0' } : { 'content-type': 'application/json' }),
    });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  }

  private async answer(request: IncomingMessage): Promise<ConnectionsAnswer> {
    const connectionId = connectionIdOf(request.url ?? '');
    // AWS verifies the signature; that there is one is what can be told here.
    const isSigned = request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') ?? false;
    if (connectionId === undefined || !isSigned) {
      const body = { message: isSigned ? 'Forbidden' : 'Missing Authentication Token' };
      return {
        status: 403,
        errorType: isSigned ? 'ForbiddenException' : 'MissingAuthenticationTokenException',
        body,
      };
    }
    if (request.method === 'POST') return this.post(request, connectionId);
    const socket = this.find(connectionId);
    if (socket === undefined) return GONE;
    if (request.method === 'GET') return { status: 200, body: describe(socket) };
    if (request.method !== 'DELETE')
      return { status: 403, errorType: 'ForbiddenException', body: { message: 'Forbidden' } };
    socket.disconnect();
    return { status: 204 };
  }

  private async post(request: IncomingMessage, connectionId: string): Promise<ConnectionsAnswer> {
    const message = await readBody(request, MESSAGE_MAX_BYTES);
    if (message === 'too-large') {
      return {
        status: 413,
        errorType: 'PayloadTooLargeException',
        body: { message: 'Message too long', connectionId, requestId: newGatewayId() },
      };
    }
    const isSent = this.find(connectionId)?.send(message.toString('utf8')) ?? false;
    return isSent ? { status: 200 } : GONE;
  }
}

function describe({ facts, lastActiveAt }: LiveSocket): object {
  return {
    connectedAt: facts.connectedAt.toISOString(),
    identity: {
      sourceIp: facts.sourceIp,
      ...(facts.userAgent === undefined ? {} : { userAgent: facts.userAgent }),
    },
    lastActiveAt: lastActiveAt.toISOString(),
  };
}

/** The id in `/{stage}/@connections/{id}`, with or without the stage, encoded or not. */
function connectionIdOf(url: string): string | undefined {
  try {
    return /^(?:\/[^/]+)?\/@connections\/([^/]+)$/.exec(decodeURIComponent(url.split('?')[0] ?? ''))?.[1];
  } catch {
    return undefined;
  }
}
