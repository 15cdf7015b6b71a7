import { describe, expect, it } from 'vitest';
import { POST_DEADLINE_MS } from '../../../core/contract/limits.ts';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import { postMessage } from '../../../lambdas/application/messages/post-message.ts';
import type { Standing } from '../../../lambdas/application/ports/memberships.ts';
import type { MessageToAppend } from '../../../lambdas/application/ports/message-log.ts';
import { StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';

const ROOM = 'channel:00000000-0000-4000-8000-00000000000a';
const position = { generation: 0, partition: 2, offset: 41n, appendedAt: Date.UTC(2026, 10, 22) };

function ports(standing: Standing | Error, outcome: 'appended' | Error = 'appended') {
  const appended: { message: MessageToAppend; deadlineMs: number }[] = [];
  const unconfirmed = { count: 0 };
  return {
    appended,
    unconfirmed,
    onUnconfirmed: () => {
      unconfirmed.count += 1;
    },
    memberships: {
      standingOf: async () => {
        if (standing instanceof Error) throw standing;
        return standing;
      },
    },
    messageLog: {
      append: async (message: MessageToAppend, deadlineMs: number) => {
        appended.push({ message, deadlineMs });
        if (outcome instanceof Error) throw outcome;
        return position;
      },
    },
  };
}

const input = {
  sender: 'ada',
  conversationId: ROOM,
  body: { content: 'hello', nonce: 'nonce--1', attempt: 2, after: '0'.repeat(26) },
  requestId: 'r1',
  traceparent: 't1',
};

describe('posting a message', () => {
  it('appends it as the client sent it, within the deadline, and answers with the id of the record', async () => {
    const world = ports('member');
    expect(await postMessage(world, input)).toEqual({
      conversationId: ROOM,
      messageId: messageIdOf(position),
      nonce: 'nonce--1',
      postedAt: '2026-11-22T00:00:00.000Z',
    });
    const [{ message, deadlineMs } = { message: undefined, deadlineMs: 0 }] = world.appended;
    expect(message).toEqual({
      record: {
        type: 'message.posted',
        version: 1,
        conversationId: ROOM,
        sender: 'ada',
        nonce: 'nonce--1',
        content: 'hello',
        after: '0'.repeat(26),
      },
      attempt: 2,
      requestId: 'r1',
      traceparent: 't1',
    });
    expect(deadlineMs).toBeGreaterThan(POST_DEADLINE_MS - 1_000);
    expect(deadlineMs).toBeLessThanOrEqual(POST_DEADLINE_MS);
  });

  it.each([
    ['unknown', 'conversation_not_found'],
    ['not-a-member', 'not_a_member'],
    [new StoreUnavailableError('dynamodb', 'away'), 'membership_unavailable'],
  ] as const)('does not reach the log when the standing is %s', async (standing, code) => {
    const world = ports(standing);
    await expect(postMessage(world, input)).rejects.toMatchObject({ code });
    expect(world.appended).toEqual([]);
  });

  it('is log_unavailable, with Retry-After, when the log did not confirm', async () => {
    const world = ports('member', new StoreUnavailableError('kafka', 'timeout'));
    await expect(postMessage(world, input)).rejects.toMatchObject({ code: 'log_unavailable', retryAfter: 1 });
    expect(world.unconfirmed.count).toBe(1);
  });
});
