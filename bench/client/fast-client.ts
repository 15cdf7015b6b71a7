import { Agent, type IncomingMessage, request } from 'node:http';
import type { Person } from '../../drills/client/person.ts';

/** One connection for each request under way, kept open. */
const agent = new Agent({ keepAlive: true, noDelay: true, maxSockets: 256 });

export interface FastAnswer {
  readonly status: number;
  readonly body: string;
}

/** Requests of one person with as little around them as Node allows: what is measured is the other end. */
export class FastClient {
  readonly #origin: URL;
  readonly #cookie: string;

  constructor(person: Person, origin = person.api.origin) {
    this.#origin = new URL(origin);
    this.#cookie = person.api.cookieHeader('/api/');
  }

  send(method: 'GET' | 'POST', path: string, body = ''): Promise<FastAnswer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent,
          host: '127.0.0.1',
          port: this.#origin.port,
          method,
          path,
          headers: {
            host: this.#origin.host,
            origin: this.#origin.origin,
            cookie: this.#cookie,
            ...(body === ''
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          },
        },
        (response: IncomingMessage) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
          );
          response.on('error', reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  /** @throws {Error} unless the answer has this status */
  async demand(status: number, method: 'GET' | 'POST', path: string, body?: string): Promise<void> {
    const answer = await this.send(method, path, body);
    if (answer.status !== status)
      throw new Error(`${method} ${path} was answered with ${answer.status}: ${answer.body}`);
  }
}

export function messagesPath(conversationId: string): string {
  return `/api/conversations/${encodeURIComponent(conversationId)}/messages`;
}
