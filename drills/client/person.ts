import { randomUUID } from 'node:crypto';
import type { ConversationSummary } from '../../core/contract/conversations.ts';
import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import type { HistoryResponse, Message } from '../../core/contract/messages.ts';
import { waitFor } from '../run/wait-for.ts';
import { ApiClient } from './api-client.ts';
import { SocketClient } from './socket-client.ts';

/** Long and of its own, so that no list of common passwords has it. */
const PASSWORD: string = 'a long pass phrase, 42 times';

const PAGE_WITHIN_MS = 10_000;

/** Somebody who uses Ping Me through its public API and socket. */
export class Person {
  readonly userId: string;
  readonly api: ApiClient;
  readonly password = PASSWORD;

  private constructor(origin: string, userId: string) {
    this.userId = userId;
    this.api = new ApiClient(origin);
  }

  /** Signs a new person up; without a user id one is made. */
  static async signUp(origin: string, userId = `u${randomUUID().slice(0, 12)}`): Promise<Person> {
    const person = new Person(origin, userId);
    await person.api.demand('sign-up', {
      body: {
        userId,
        emailId: `${userId}@example.com`,
        firstName: userId,
        lastName: 'Drill',
        password: PASSWORD,
      },
    });
    return person;
  }

  /** Signs in one more time, as on another device. */
  async onAnotherDevice(): Promise<Person> {
    const person = new Person(this.api.origin, this.userId);
    await person.api.demand('sign-in', { body: { login: this.userId, password: PASSWORD } });
    return person;
  }

  async createChannel(name = `c-${randomUUID().slice(0, 12)}`): Promise<ConversationId> {
    return (await this.api.demand<ConversationSummary>('create-channel', { body: { name } })).conversationId;
  }

  async join(conversationId: ConversationId): Promise<void> {
    await this.api.demand('join-channel', { params: { channelId: conversationId.replace('channel:', '') } });
  }

  /** Resolves once leaving is answered. */
  async leave(conversationId: ConversationId): Promise<void> {
    await this.api.demand('leave-channel', { params: { channelId: conversationId.replace('channel:', '') } });
  }

  async openDirectMessage(userId: string): Promise<ConversationId> {
    return (await this.api.demand<ConversationSummary>('open-direct-message', { params: { userId } }))
      .conversationId;
  }

  /** Opens the live connection; resolves once it is open. */
  listen(): Promise<SocketClient> {
    return SocketClient.open(this.api);
  }

  /** The whole history, oldest first, read page by page from the newest; a page that is refused is asked for again. */
  async readHistory(conversationId: ConversationId): Promise<Message[]> {
    const messages: Message[] = [];
    let before: MessageId | undefined;
    do {
      const query = { limit: '100', ...(before === undefined ? {} : { before }) };
      const page: HistoryResponse = await waitFor(
        'a page of history',
        () => this.api.demand<HistoryResponse>('read-history', { params: { conversationId }, query }),
        PAGE_WITHIN_MS,
      );
      messages.unshift(...page.messages);
      before = page.before;
    } while (before !== undefined);
    return messages;
  }
}
