import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { conversationsResponseSchema } from '../../../core/contract/conversations.ts';
import { AUDIENCES, eventSchema, frameSchema, signalSchema } from '../../../core/contract/events.ts';
import {
  BODY_MAX_BYTES,
  CONTENT_MAX_CODE_POINTS,
  CONVERSATIONS_MAX,
  EDITS_NAMED_MAX,
  FRAME_MAX_BYTES,
  PAGE_MAX,
} from '../../../core/contract/limits.ts';
import { postMessageBodySchema } from '../../../core/contract/messages.ts';
import { bytesOf, worstBody, worstMessage, worstSummary } from './worst-message.ts';

type EventSchema = z.ZodMiniObject<{ type: z.ZodMiniLiteral<string> }>;
const schemas = eventSchema.def.options as readonly EventSchema[];
const typeOf = (schema: EventSchema) => String(schema.def.shape.type.def.values[0]);
const types = schemas.map(typeOf);

describe('the events', () => {
  it('are those of the design, one schema each', () => {
    expect([...types].sort()).toEqual(
      [
        'message.posted',
        'message.edited',
        'conversation.stored',
        'conversation.skipped',
        'conversation.edited',
        'channel.created',
        'membership.changed',
        'read-marker.moved',
        'session.revoked',
      ].sort(),
    );
  });

  it('each have an audience, and no audience is without an event', () => {
    expect(Object.keys(AUDIENCES).sort()).toEqual([...types].sort());
    expect(Object.values(AUDIENCES).every((audiences) => audiences.length > 0)).toBe(true);
  });

  it('are signals, all but the records of messages and what deliver says of those that it did not push', () => {
    const signals = (signalSchema.def.options as readonly EventSchema[]).map(typeOf);
    const others = ['message.posted', 'message.edited', 'conversation.skipped'];
    expect([...signals, ...others].sort()).toEqual([...types].sort());
  });

  it.each(schemas.map((schema) => ({ type: typeOf(schema), schema })))(
    '$type names whom it is for',
    ({ type, schema }) => {
      const audiences: readonly string[] = AUDIENCES[type as keyof typeof AUDIENCES];
      const fields = Object.keys(schema.def.shape);
      if (audiences.includes('conversation')) expect(fields).toContain('conversationId');
      if (audiences.includes('user')) expect(fields).toContain('userId');
    },
  );
});

describe('a frame', () => {
  it('holds the longest message in its worst escaping', () => {
    const frame = { events: [{ type: 'message.posted' as const, ...worstMessage() }] };
    expect(postMessageBodySchema.def.shape.content).toBeDefined();
    expect(frameSchema.parse(frame)).toEqual(frame);
    expect(bytesOf(frame)).toBeLessThanOrEqual(FRAME_MAX_BYTES);
    // The worst case is really a bad one: control characters take six bytes each.
    expect(bytesOf(frame)).toBeGreaterThan(6 * CONTENT_MAX_CODE_POINTS);
  });

  it('holds the longest edit, and the longest list of edits', () => {
    const { messageId, conversationId, sender, content, postedAt } = worstMessage();
    const edit = { editId: messageId, editedAt: postedAt };
    const edited = { type: 'message.edited' as const, conversationId, messageId, sender, content, edit };
    const named = Array.from({ length: EDITS_NAMED_MAX }, () => ({ messageId, editId: messageId }));
    const list = { type: 'conversation.edited' as const, conversationId, edits: named };
    for (const event of [edited, list]) {
      expect(frameSchema.parse({ events: [event] })).toEqual({ events: [event] });
      expect(bytesOf({ events: [event] })).toBeLessThanOrEqual(FRAME_MAX_BYTES);
    }
  });

  it('holds any message that may be posted', () => {
    const codePoint = fc.oneof(
      fc.integer({ min: 0, max: 0x1f }),
      fc.constantFrom(0x22, 0x5c, 0x2028),
      fc.integer({ min: 0, max: 0x10ffff }).filter((point) => point < 0xd800 || point > 0xdfff),
    );
    const anyContent = fc
      .tuple(codePoint, codePoint, codePoint, fc.integer({ min: 1, max: CONTENT_MAX_CODE_POINTS }))
      .map(([a, b, c, length]) =>
        Array.from({ length }, (_, i) => String.fromCodePoint([a, b, c][i % 3] ?? a)).join(''),
      )
      .filter((content) => content.trim() !== '');
    fc.assert(
      fc.property(anyContent, (content) => {
        const body = postMessageBodySchema.parse({ content, nonce: 'nonce-01' });
        const frame = { events: [{ type: 'message.posted', ...worstMessage(), content: body.content }] };
        return bytesOf(frame) <= FRAME_MAX_BYTES;
      }),
      { numRuns: 200 },
    );
  });

  it('holds the largest signal', () => {
    const frame = {
      events: [
        {
          type: 'membership.changed' as const,
          conversationId: worstMessage().conversationId,
          userId: worstMessage().sender,
          change: 'joined' as const,
          conversation: worstSummary(),
        },
      ],
    };
    expect(frameSchema.parse(frame)).toEqual(frame);
    expect(bytesOf(frame)).toBeLessThanOrEqual(FRAME_MAX_BYTES);
  });
});

/** A function's answer ends at 6 MB ("Lambda quotas", invocation payload). */
const ANSWER_MAX = 6_000_000;
/** The payload holds the body as a string, so that what is escaped in it is escaped once more. */
const answerBytesOf = (body: unknown) => bytesOf({ statusCode: 200, body: JSON.stringify(body) });

describe('the size limits', () => {
  it('let every valid post through', () => {
    const body = worstBody();
    expect(postMessageBodySchema.parse(body)).toEqual(body);
    expect(bytesOf(body)).toBeLessThanOrEqual(BODY_MAX_BYTES);
  });

  it('let a whole page of the longest messages through', () => {
    expect(answerBytesOf({ messages: Array.from({ length: PAGE_MAX }, worstMessage) })).toBeLessThan(
      ANSWER_MAX,
    );
  });

  it('let the longest list of conversations through', () => {
    const answer = {
      conversations: Array.from({ length: CONVERSATIONS_MAX }, worstSummary),
      leftOut: 999_999,
      catchingUp: false,
    };
    expect(conversationsResponseSchema.parse(answer)).toEqual(answer);
    expect(answerBytesOf(answer)).toBeLessThan(ANSWER_MAX);
  });
});
