import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createProxyServer } from 'http-proxy-3';
import {
  FORWARDED_HOST_HEADER,
  ORIGIN_SECRET_HEADER,
  SOCKET_PATH,
} from '../core/contract/security-headers.ts';
import { withSecurityHeaders } from '../local/gateway/edge.ts';
import type { Page } from '../local/gateway/page.ts';

export interface EdgeOptions {
  /** Of the emulator: "http://localhost:4566". */
  readonly endpoint: string;
  readonly httpApiId: string;
  readonly socketApiId: string;
  /** What is in the page's bucket. */
  readonly page: Page;
  readonly originSecret: string;
  /** Any free one by default. */
  readonly port?: number;
}

/** One origin for page, API and socket, where an emulator's CloudFront does not carry them. */
export interface Edge {
  /** "http://localhost:3001" */
  readonly url: string;
  close(): Promise<void>;
}

/** Where emulators serve API Gateway without names of hosts: `<endpoint>/_aws/execute-api/<api>/<stage>`. */
const apiPath = (apiId: string, stage: string) => `/_aws/execute-api/${apiId}/${stage}`;

/**
 * Does for API and socket what the deployed CloudFront does: adds the secret header and the host that the browser asked for.
 * It listens on loopback alone.
 */
export async function openEdge(options: EdgeOptions): Promise<Edge> {
  const proxy = createProxyServer({ target: options.endpoint, xfwd: false });
  proxy.on('error', (_error, _request, response) => {
    if ('writeHead' in response && !response.headersSent) response.writeHead(502);
    response.end();
  });
  proxy.on('proxyRes', (answer, request) => {
    if (request.url?.startsWith(httpApi)) answer.headers = withSecurityHeaders(answer.headers);
  });
  const httpApi = apiPath(options.httpApiId, '$default');
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/api/')) return void answerPage(options.page, request, response);
    asOrigin(request, options);
    request.url = httpApi + request.url;
    proxy.web(request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?')[0] !== SOCKET_PATH) return socket.destroy();
    asOrigin(request, options);
    request.url = apiPath(options.socketApiId, SOCKET_PATH.slice(1));
    proxy.ws(request, socket, head);
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, close: () => close(server) };
}

async function answerPage(page: Page, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, headers, body } = await page.answer(request);
  response.writeHead(status, withSecurityHeaders(headers));
  response.end(request.method === 'HEAD' ? undefined : body);
}

function asOrigin(request: IncomingMessage, { endpoint, originSecret }: EdgeOptions): void {
  request.headers[FORWARDED_HOST_HEADER] = request.headers.host ?? '';
  request.headers[ORIGIN_SECRET_HEADER] = originSecret;
  request.headers['x-forwarded-for'] = `${request.socket.remoteAddress ?? '127.0.0.1'}, 127.0.0.1`;
  request.headers.host = new URL(endpoint).host;
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
