import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryResponse, Message } from '../../../../core/contract/messages.ts';
import type { MessageEdit } from '../../../../core/domain/message-edit.ts';
import { gapsBelow } from '../../../../web/src/lib/timeline/known-ranges.ts';
import { later } from '../../../../web/src/lib/timeline/message-id.ts';
import type { OutboxEntry } from '../../../../web/src/lib/timeline/outbox-entry.ts';
import {
  distrusted,
  EMPTY_TIMELINE,
  hasOlder,
  olderCursor,
  type PageRequest,
  type Timeline,
  withAnnouncement,
  withEdits,
  withLiveMessages,
  withPage,
} from '../../../../web/src/lib/timeline/timeline.ts';
import { timelineEntries } from '../../../../web/src/lib/timeline/timeline-entries.ts';
import { firstCopies, type PageQuery, pageOf } from '../support/history-server.ts';
import { CONVERSATION, editAt, idAt, messageAt } from '../support/messages.ts';

interface Log {
  readonly messages: readonly Message[];
  readonly edits: readonly MessageEdit[];
}

/** Behind every record of a log. */
const END = idAt(1_000);

/** Some records of a log, later ones being now and then copies of earlier ones, or edits, with holes between their offsets. */
const logs: fc.Arbitrary<Log> = fc
  .array(
    fc.record({
      skip: fc.integer({ min: 1, max: 3 }),
      sender: fc.constantFrom('me', 'deanne', 'vishu'),
      copyOf: fc.option(fc.nat({ max: 30 }), { freq: 3 }),
      /** Edits of earlier messages that stand behind it: by their own sender, or by this one. */
      edits: fc.array(fc.record({ of: fc.nat({ max: 30 }), own: fc.boolean() }), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((records) => {
    const messages: Message[] = [];
    const edits: MessageEdit[] = [];
    let offset = 0;
    for (const { skip, sender, copyOf, edits: behind } of records) {
      offset += skip;
      const original = copyOf === null ? undefined : messages[copyOf % Math.max(1, messages.length)];
      messages.push(messageAt(offset, original?.sender ?? sender, original?.nonce));
      for (const { of, own } of behind) {
        const message = messages[of % messages.length]!;
        offset += 1;
        edits.push(editAt(offset, message, own ? message.sender : sender));
      }
    }
    return { messages, edits };
  });

type Step =
  | { readonly kind: 'event'; readonly at: number }
  | { readonly kind: 'edited'; readonly at: number }
  | { readonly kind: 'stored'; readonly at: number }
  | { readonly kind: 'acknowledged'; readonly at: number }
  | { readonly kind: 'arrives'; readonly at: number }
  | {
      readonly kind: 'newest' | 'before' | 'after';
      readonly at: number;
      readonly stored: number;
      readonly limit: number;
    };

const index = fc.nat({ max: 24 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('event' as const), at: index }),
    fc.record({ kind: fc.constant('edited' as const), at: index }),
    fc.record({ kind: fc.constant('stored' as const), at: index }),
    fc.record({ kind: fc.constant('acknowledged' as const), at: index }),
    fc.record({ kind: fc.constant('arrives' as const), at: index }),
    fc.record({
      kind: fc.constantFrom('newest' as const, 'before' as const, 'after' as const),
      at: index,
      stored: index,
      limit: fc.integer({ min: 1, max: 8 }),
    }),
  ),
  { maxLength: 60 },
);

/** A client that hears and reads what the steps say, in their order. */
class Client {
  timeline: Timeline = EMPTY_TIMELINE;
  readonly outbox = new Map<string, OutboxEntry>();
  readonly #log: readonly Message[];
  readonly #edits: readonly MessageEdit[];
  /** Answers that are still on their way to the client. */
  #answers: { readonly request: PageRequest; readonly page: HistoryResponse }[] = [];

  constructor({ messages, edits }: Log) {
    this.#log = messages;
    this.#edits = edits;
    for (const { nonce, sender, content } of messages.filter((message) => message.sender === 'me')) {
      this.outbox.set(nonce, {
        nonce,
        sender,
        content,
        conversationId: CONVERSATION,
        createdAt: this.outbox.size,
        attempt: 0,
        state: 'sending',
      });
    }
  }

  apply(step: Step): void {
    const message = this.#log[step.at % this.#log.length]!;
    switch (step.kind) {
      case 'event':
        this.timeline = withLiveMessages(this.timeline, [message]);
        break;
      case 'edited': {
        const edit = this.#edits[step.at % Math.max(1, this.#edits.length)];
        if (edit) this.timeline = withEdits(this.timeline, [edit]);
        break;
      }
      case 'stored':
        this.timeline = withAnnouncement(this.timeline, message.messageId);
        break;
      case 'acknowledged': {
        const entry = this.outbox.get(message.nonce);
        if (entry && message.sender === 'me') {
          this.outbox.set(message.nonce, { ...entry, state: 'sent', messageId: message.messageId });
        }
        break;
      }
      case 'arrives':
        this.#arrives(step.at % Math.max(1, this.#answers.length));
        break;
      default: {
        const held = this.timeline.messages[step.at % Math.max(1, this.timeline.messages.length)]?.messageId;
        this.#ask(
          {
            limit: step.limit,
            ...(step.kind !== 'newest' && held !== undefined ? { [step.kind]: held } : {}),
          },
          this.#log[step.stored % this.#log.length]!.messageId,
        );
      }
    }
  }

  /** What was stored once stays stored: an answer reaches at least as far as what was known when it was asked for. */
  #ask(query: PageQuery, storedThrough: string): void {
    const known = this.timeline.storedThrough;
    const page = pageOf(this.#log, later(storedThrough, known), query, this.#edits);
    this.#answers.push({ request: { ...query, storedThrough: known }, page });
  }

  #arrives(at: number): void {
    for (const { request, page } of this.#answers.splice(at, 1))
      this.timeline = withPage(this.timeline, request, page);
  }

  /** What any client does in the end: the newest page, and older ones down to the beginning. */
  readEverything(limit: number): void {
    const read = (query: PageQuery) => {
      this.#ask(query, END);
      this.#arrives(this.#answers.length - 1);
    };
    read({ limit });
    for (let guard = 0; guard < 200; guard += 1) {
      const [gap] = gapsBelow(this.timeline.ranges);
      if (!hasOlder(this.timeline) && !gap) return;
      read({ before: gap?.before ?? olderCursor(this.timeline), limit });
    }
  }

  screen() {
    return timelineEntries(this.timeline, [...this.outbox.values()], 'me', []);
  }
}

describe('a timeline', () => {
  it('ends in the same screen whatever order events, pages, copies and acknowledgements come in', () => {
    fc.assert(
      fc.property(logs, steps, fc.integer({ min: 1, max: 9 }), (log, interleaving, limit) => {
        const client = new Client(log);
        for (const step of interleaving) client.apply(step);
        // Not every edit was heard, and nobody said so: what is held is read again, as after a connection was away.
        if (log.edits.length > 0) client.timeline = distrusted(client.timeline);
        client.readEverything(limit);
        for (const step of interleaving) if (step.kind !== 'acknowledged') client.apply(step);
        client.readEverything(limit);

        expect(
          client
            .screen()
            .map((row) =>
              row.kind === 'gap'
                ? row
                : { id: row.messageId, key: row.key, state: row.state, content: row.content },
            ),
        ).toEqual(
          firstCopies(log.messages, log.edits).map(({ messageId, sender, nonce, content }) => ({
            id: messageId,
            key: `${sender} ${nonce}`,
            state: 'stored',
            content,
          })),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('shows the newest edit of each message, whatever order edits, pages and messages come in, and how old the pages are', () => {
    fc.assert(
      fc.property(logs, steps, fc.nat(), fc.integer({ min: 1, max: 9 }), (log, interleaving, seed, limit) => {
        const heard = log.edits.map((_, at): Step => ({ kind: 'edited', at }));
        const all = [...interleaving];
        for (const [nth, step] of heard.entries()) all.splice((seed * (nth + 7)) % (all.length + 1), 0, step);
        const client = new Client(log);
        for (const step of all) client.apply(step);
        client.readEverything(limit);
        expect(
          client.screen().map((row) => row.kind === 'message' && { content: row.content, at: row.editedAt }),
        ).toEqual(
          firstCopies(log.messages, log.edits).map(({ content, edit }) => ({ content, at: edit?.editedAt })),
        );
        expect(
          client.timeline.edits.every(({ messageId }) =>
            client.timeline.messages.every((message) => message.messageId !== messageId),
          ),
        ).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('never shows a message twice and never loses one that is on its way, at any moment', () => {
    fc.assert(
      fc.property(logs, steps, (log, interleaving) => {
        const client = new Client(log);
        for (const step of interleaving) {
          client.apply(step);
          const keys = client.screen().map(({ key }) => key);
          expect(new Set(keys).size).toBe(keys.length);
          for (const nonce of client.outbox.keys()) expect(keys).toContain(`me ${nonce}`);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('holds every stored message of a range that it takes for known', () => {
    fc.assert(
      fc.property(logs, steps, (log, interleaving) => {
        const client = new Client(log);
        for (const step of interleaving) {
          client.apply(step);
          const held = new Set(client.timeline.messages.map(({ messageId }) => messageId));
          for (const { from, to } of client.timeline.ranges) {
            const within = firstCopies(log.messages).filter(
              ({ messageId }) => messageId > from && messageId <= to,
            );
            expect(within.filter(({ messageId }) => !held.has(messageId))).toEqual([]);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});
