import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { UNREAD_COUNT_MAX } from '../../../core/contract/limits.ts';
import type { Message } from '../../../core/contract/messages.ts';
import { messageIdOf } from '../../../core/domain/message-id.ts';
import type { ConversationHeads } from '../../../lambdas/application/ports/conversation-heads.ts';
import type { MessageStore } from '../../../lambdas/application/ports/message-store.ts';
import type { UnreadMessages } from '../../../lambdas/application/ports/unread-messages.ts';

export interface StoredMessages {
  readonly writer: MessageStore;
  readonly reader: ConversationHeads & UnreadMessages;
}

const idAt = (offset: number) =>
  messageIdOf({ generation: 0, partition: 0, offset: BigInt(offset), appendedAt: 1_700_000_000_000 });

/** What ConversationHeads and UnreadMessages make of what the store function wrote, whichever store stands behind. */
export function describeStoredMessages(name: string, open: () => StoredMessages): void {
  const newConversation = () => `channel:${randomUUID()}`;

  function messageAt(conversationId: string, offset: number, sender: string): Message {
    return {
      messageId: idAt(offset),
      conversationId,
      sender,
      nonce: `nonce-${offset}`,
      content: `message ${offset}`,
      postedAt: '2023-11-14T22:13:20.000Z',
    };
  }

  /** A bucket for each list of senders, with offsets counted from 1. */
  async function conversationOf(...buckets: string[][]): Promise<string> {
    const conversationId = newConversation();
    const { writer } = open();
    let offset = 1;
    for (const [number, senders] of buckets.entries()) {
      await writer.openBucket(conversationId, { number, firstId: idAt(offset), count: 0, throughId: '' });
      for (let start = 0; start < senders.length; start += 30) {
        const messages = senders.slice(start, start + 30).map((sender, index) => {
          return messageAt(conversationId, offset + start + index, sender);
        });
        await writer.writeMessages(conversationId, number, messages);
        await writer.writeOverview(conversationId, { buckets: [], head: messages.at(-1) });
      }
      offset += senders.length;
    }
    return conversationId;
  }
  const times = (count: number, sender: string) => Array.from({ length: count }, () => sender);
  const count = (conversationId: string, after?: number) =>
    open().reader.countAfter('me', conversationId, after === undefined ? undefined : idAt(after));

  describe(`${name}: heads and unread messages`, () => {
    it('an empty conversation has no head and nothing unread', async () => {
      expect(await open().reader.headOf(newConversation())).toBeUndefined();
      expect(await count(newConversation())).toBe(0);
    });

    it('the head is the last message, whole', async () => {
      const conversationId = await conversationOf(['ada', 'bob']);
      expect(await open().reader.headOf(conversationId)).toEqual(messageAt(conversationId, 2, 'bob'));
    });

    it('the head is the newest version of the last message, whatever is written again', async () => {
      const conversationId = await conversationOf(['ada', 'bob']);
      const { reader, writer } = open();
      const version = (editOffset: number): Message => ({
        ...messageAt(conversationId, 2, 'bob'),
        content: `edited at ${editOffset}`,
        edit: { editId: idAt(editOffset), editedAt: '2023-11-14T22:13:20.000Z' },
      });
      const writeHead = (head: Message) => writer.writeOverview(conversationId, { buckets: [], head });
      await writeHead(version(5));
      await writeHead(version(4));
      await writeHead(messageAt(conversationId, 2, 'bob'));
      await writeHead(messageAt(conversationId, 1, 'ada'));
      expect(await reader.headOf(conversationId)).toEqual(version(5));
      expect(await count(conversationId)).toBe(2);
      await writeHead(messageAt(conversationId, 6, 'ada'));
      expect((await reader.headOf(conversationId))?.messageId).toBe(idAt(6));
    });

    it("counts others' messages after the marker, or all of them without one", async () => {
      const conversationId = await conversationOf(['ada', 'me', 'ada', 'bob', 'me']);
      expect(await count(conversationId)).toBe(3);
      expect(await count(conversationId, 1)).toBe(2);
      expect(await count(conversationId, 3)).toBe(1);
      expect(await count(conversationId, 4)).toBe(0);
      expect(await count(conversationId, 9)).toBe(0);
    });

    it('counts over several buckets', async () => {
      const conversationId = await conversationOf(['ada', 'ada'], ['ada', 'me'], ['ada']);
      expect(await count(conversationId)).toBe(4);
      expect(await count(conversationId, 1)).toBe(3);
      expect(await count(conversationId, 2)).toBe(2);
      expect(await count(conversationId, 4)).toBe(1);
    });

    it('leaves out rows outside the range of their bucket', async () => {
      const conversationId = await conversationOf(['ada'], ['ada']);
      await open().writer.writeMessages(conversationId, 0, [messageAt(conversationId, 7, 'misplaced')]);
      expect(await count(conversationId)).toBe(2);
    });

    it('own messages hide no unread ones before them', async () => {
      const conversationId = await conversationOf([...times(3, 'ada'), ...times(250, 'me')]);
      expect(await count(conversationId)).toBe(3);
    });

    it(`counts no further than ${UNREAD_COUNT_MAX}`, async () => {
      const conversationId = await conversationOf(times(70, 'ada'), [...times(70, 'ada'), 'me']);
      expect(await count(conversationId)).toBe(UNREAD_COUNT_MAX);
      expect(await count(conversationId, 41)).toBe(99);
    });
  });
}
