import type { Person } from '../../drills/client/person.ts';
import { FastClient, messagesPath } from './fast-client.ts';

/** Reads pages of history for one person. */
export class FastReader {
  readonly #client: FastClient;

  constructor(person: Person) {
    this.#client = new FastClient(person);
  }

  /** @throws {Error} unless it was answered */
  async page(conversationId: string, { limit, before }: { limit: number; before?: string }): Promise<void> {
    const cursor = before === undefined ? '' : `&before=${before}`;
    await this.#client.demand(200, 'GET', `${messagesPath(conversationId)}?limit=${limit}${cursor}`);
  }
}
