import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Timeline } from '../../../drills/client/timeline.ts';
import type { SeenEdit, SeenMessage } from '../../../drills/ledger/observation.ts';

const conversationId = 'channel:00000000-0000-4000-8000-000000000001';
const id = (offset: number) => String(offset).padStart(26, '0');

const message = (nonce: number, place: number): SeenMessage => ({
  conversationId,
  sender: nonce % 2 === 0 ? 'ada' : 'bob',
  nonce: String(nonce),
  messageId: id(place),
  digest: 'as it was sent',
});

it('holds each message under its smallest id, whatever the order in which copies come', () => {
  const copies = fc.array(
    fc.record({ nonce: fc.integer({ min: 0, max: 9 }), offset: fc.integer({ min: 0, max: 50 }) }),
  );
  fc.assert(
    fc.property(
      copies,
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 0, max: 50 }),
      (seen, from, to) => {
        const timeline = new Timeline();
        const smallest = new Map<number, number>();
        for (const { nonce, offset } of seen) {
          // No two messages stand at one place.
          const place = offset * 10 + nonce;
          timeline.hold(message(nonce, place));
          smallest.set(nonce, Math.min(place, smallest.get(nonce) ?? place));
        }
        const places = [...smallest.values()].sort((a, b) => a - b);
        const [first, through] = [Math.min(from, to) * 10, Math.max(from, to) * 10];
        expect(timeline.countBetween(id(first), id(through))).toBe(
          places.filter((place) => place >= first && place <= through).length,
        );
        const before = places.findLast((place) => place < through);
        expect(timeline.lastBefore(id(through))).toBe(before === undefined ? undefined : id(before));
      },
    ),
  );
});

it('shows each message in its newest version, whatever the order in which messages, edits and pages come', () => {
  const place = (nonce: number) => (nonce + 1) * 10;
  const edits = fc.array(
    fc.record({
      nonce: fc.integer({ min: 0, max: 5 }),
      at: fc.integer({ min: 0, max: 99 }),
      by: fc.constantFrom('ada', 'bob'),
    }),
    { maxLength: 12 },
  );
  const order = fc.array(fc.record({ edited: fc.boolean(), which: fc.nat(11) }), { maxLength: 40 });
  fc.assert(
    fc.property(edits, order, (made, steps) => {
      const timeline = new Timeline();
      const shown = new Map<number, SeenMessage>();
      const all: SeenEdit[] = made.map(({ nonce, at, by }) => ({
        conversationId,
        messageId: id(place(nonce)),
        sender: by,
        editId: id(at),
        digest: `edited at ${at}`,
      }));
      const hold = (nonce: number) => shown.set(nonce, timeline.hold(message(nonce, place(nonce))));
      const hear = (edit: SeenEdit | undefined) => {
        const changed = edit && timeline.edit(edit);
        if (changed) shown.set(Number(changed.nonce), changed);
      };
      for (const { edited, which } of steps) {
        if (edited) hear(all[which % Math.max(1, all.length)]);
        else hold(which % 6);
      }
      for (const edit of all) hear(edit);
      for (let nonce = 0; nonce < 6; nonce += 1) {
        hold(nonce);
        const own = all.filter(
          ({ messageId, sender, editId }) =>
            messageId === id(place(nonce)) && sender === message(nonce, 0).sender && editId > messageId,
        );
        const newest = own
          .map(({ editId }) => editId)
          .sort()
          .at(-1);
        expect(shown.get(nonce)?.editId).toBe(newest);
        expect(timeline.lacksEdit(id(place(nonce)), id(100))).toBe(true);
        if (newest !== undefined) expect(timeline.lacksEdit(id(place(nonce)), newest)).toBe(false);
      }
      expect(timeline.countBetween(id(0), id(1_000))).toBe(6);
    }),
  );
});
