import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import type { Person } from '../../drills/client/person.ts';

/** One connection for each request under way, kept open. */
const agent = new Agent({ keepAlive: true, noDelay: true, maxSockets: 256 });

export interface Posted {
  readonly status: number;
  readonly body: string;
}

/** Posts messages of one person with as little around it as Node allows: what is measured is the other end. */
export class FastPoster {
  readonly #origin: URL;
  readonly #cookie: string;

  constructor(person: Person, origin = person.api.origin) {
    this.#origin = new URL(origin);
    this.#cookie = person.api.cookieHeader('/api/');
  }

  post(conversationId: string, content: string, nonce: string = randomUUID()): Promise<Posted> {
    const body = JSON.stringify({ content, nonce, attempt: 0 });
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent,
          host: '127.0.0.1',
          port: this.#origin.port,
          method: 'POST',
          path: `/api/conversations/${encodeURIComponent(conversationId)}/messages`,
          headers: {
            host: this.#origin.host,
            origin: this.#origin.origin,
            cookie: this.#cookie,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
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

  /** @throws {Error} unless it was acknowledged */
  async demand(conversationId: string, content: string, nonce?: string): Promise<void> {
    const { status, body } = await this.post(conversationId, content, nonce);
    if (status !== 202) throw new Error(`A post was answered with ${status}: ${body}`);
  }
}
