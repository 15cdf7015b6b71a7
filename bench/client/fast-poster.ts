import { randomUUID } from 'node:crypto';
import type { Person } from '../../drills/client/person.ts';
import { FastClient, messagesPath } from './fast-client.ts';

/** Posts messages of one person. */
export class FastPoster {
  readonly #client: FastClient;

  constructor(person: Person, origin?: string) {
    this.#client = new FastClient(person, origin);
  }

  /** @throws {Error} unless it was acknowledged */
  async post(conversationId: string, content: string, nonce: string = randomUUID()): Promise<void> {
    const body = JSON.stringify({ content, nonce, attempt: 0 });
    await this.#client.demand(202, 'POST', messagesPath(conversationId), body);
  }
}
