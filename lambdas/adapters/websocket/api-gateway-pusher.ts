import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { ConnectionPusher } from '../../application/ports/connection-pusher.ts';
import type { RoleCredentials } from '../../application/ports/role-credentials.ts';
import { ConnectionsSigner } from './connections-signer.ts';

export interface ApiGatewayPusherOptions {
  /** Stage included, without a slash at its end. */
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: () => RoleCredentials;
}

/** A push that takes longer counts as failed: one slow connection must not hold up a batch. */
const REQUEST_TIMEOUT_MS = 2_000;
const AGENT = { keepAlive: true, noDelay: true, maxSockets: 64 };
/** A connection that stays open though it was to be closed goes on hearing what it may not hear any more. */
const CLOSE_TRIES = 3;
const SENT = 200;
const CLOSED = 204;
const GONE = 410;

/** Live connections as API Gateway's management API has them, over connections that are kept. */
export class ApiGatewayPusher implements ConnectionPusher {
  readonly #endpoint: URL;
  readonly #signer: ConnectionsSigner;
  readonly #send: typeof httpRequest;
  readonly #agent: HttpAgent;

  constructor({ endpoint, region, credentials }: ApiGatewayPusherOptions) {
    this.#endpoint = new URL(endpoint);
    this.#signer = new ConnectionsSigner(region, credentials);
    const isTls = this.#endpoint.protocol === 'https:';
    this.#send = isTls ? httpsRequest : httpRequest;
    this.#agent = isTls ? new HttpsAgent(AGENT) : new HttpAgent(AGENT);
  }

  async push(connectionId: string, frame: string): Promise<'sent' | 'gone' | 'failed'> {
    const status = await this.#request('POST', connectionId, frame).catch(() => undefined);
    if (status === SENT) return 'sent';
    return status === GONE ? 'gone' : 'failed';
  }

  async close(connectionId: string): Promise<void> {
    for (let tries = 0; tries < CLOSE_TRIES; tries += 1) {
      const status = await this.#request('DELETE', connectionId, '').catch(() => undefined);
      if (status === CLOSED || status === GONE) return;
    }
  }

  /** Resolves with the status; rejects if there is no answer in time. */
  #request(method: 'POST' | 'DELETE', connectionId: string, body: string): Promise<number> {
    const { hostname, port, host, pathname } = this.#endpoint;
    const path = `${pathname}/@connections/${encodeURIComponent(connectionId)}`;
    const headers = this.#signer.sign({ method, path, host, body });
    return new Promise((resolve, reject) => {
      const outgoing = this.#send(
        {
          agent: this.#agent,
          hostname,
          port,
          method,
          path,
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        },
        (response) => {
          // The connection is free for the next request once this one is read to its end.
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
          response.on('error', reject);
        },
      );
      outgoing.setTimeout(REQUEST_TIMEOUT_MS, () => outgoing.destroy(new Error('no answer in time')));
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
}
