import { randomUUID } from 'node:crypto';
import type { ConversationId } from '../../core/contract/ids.ts';
import type { RouteName } from '../../core/contract/routes.ts';
import type { CallOptions } from '../../drills/client/api-client.ts';
import type { Person } from '../../drills/client/person.ts';

/** What the example calls talk about: made once, while everything is there. */
export interface ExampleWorld {
  readonly asker: Person;
  readonly other: Person;
  /** A channel that the asker has joined and that holds `messageId`. */
  readonly conversationId: ConversationId;
  readonly messageId: string;
  /** Channels that the asker may join and leave in this turn. */
  readonly toJoin: ConversationId;
  readonly toLeave: ConversationId;
}

const channelParams = (conversationId: ConversationId) => ({
  channelId: conversationId.replace('channel:', ''),
});

/** For every route a call that succeeds while every part is there. Sessions are ended last. */
export function exampleCalls(world: ExampleWorld): Readonly<Record<RouteName, () => CallOptions>> {
  const fresh = () => randomUUID().slice(0, 12);
  const { asker, other, conversationId, messageId } = world;
  return {
    'sign-up': () => {
      const userId = `x${fresh()}`;
      return {
        body: {
          userId,
          emailId: `${userId}@example.com`,
          firstName: 'Ex',
          lastName: 'Ample',
          password: asker.password,
        },
      };
    },
    'sign-in': () => ({ body: { login: asker.userId, password: asker.password } }),
    'search-users': () => ({ query: { query: other.userId.slice(0, 5) } }),
    'read-user': () => ({ params: { userId: other.userId } }),
    'read-own-profile': () => ({}),
    'update-own-profile': () => ({ body: { firstName: `Ada ${fresh()}` } }),
    'change-own-password': () => ({ body: { currentPassword: asker.password, newPassword: asker.password } }),
    'list-conversations': () => ({}),
    'find-channels': () => ({ query: { query: 'gen' } }),
    'create-channel': () => ({ body: { name: `x-${fresh()}` } }),
    'list-members': () => ({ params: channelParams(conversationId) }),
    'join-channel': () => ({ params: channelParams(world.toJoin) }),
    'leave-channel': () => ({ params: channelParams(world.toLeave) }),
    'open-direct-message': () => ({ params: { userId: other.userId } }),
    'post-message': () => ({
      params: { conversationId },
      body: { content: 'hello', nonce: randomUUID(), attempt: 0 },
    }),
    'read-history': () => ({ params: { conversationId } }),
    'move-read-marker': () => ({ params: { conversationId }, body: { messageId } }),
    'read-health': () => ({}),
    'refresh-session': () => ({}),
    'sign-out': () => ({}),
  };
}
