import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNREAD_COUNT_MAX } from '../../../../core/contract/limits.ts';
import { formatUnread } from '../../../../web/src/app/state/conversations-selectors.ts';
import {
  NOTHING_UNREAD,
  type Unread,
  unreadCount,
  withCounted,
  withHeard,
  withMarker,
} from '../../../../web/src/lib/timeline/unread.ts';
import { idAt, messageAt } from '../support/messages.ts';

describe('unread messages', () => {
  it('counts others, once each, and never own ones', () => {
    const heard = withHeard(NOTHING_UNREAD, [messageAt(1), messageAt(2, 'me'), messageAt(3)], 'me');
    expect(unreadCount(heard)).toBe(2);
    expect(unreadCount(withHeard(heard, [messageAt(3), messageAt(9, 'deanne', 'nonce-3')], 'me'))).toBe(2);
  });

  it('does not count again what the server counted', () => {
    const counted = withCounted(
      withHeard(NOTHING_UNREAD, [messageAt(1), messageAt(2)], 'me'),
      idAt(2),
      '',
      2,
    );
    expect(unreadCount(counted)).toBe(2);
    expect(unreadCount(withHeard(counted, [messageAt(2), messageAt(3)], 'me'))).toBe(3);
  });

  it('moves the marker forward only', () => {
    const unread = withCounted(NOTHING_UNREAD, idAt(5), idAt(2), 3);
    expect(withMarker(unread, idAt(1), 0)).toBe(unread);
    expect(unreadCount(withMarker(unread, idAt(4), 2))).toBe(1);
    expect(unreadCount(withMarker(unread, idAt(5), 0))).toBe(0);
  });

  it('keeps a marker that the server has not taken yet', () => {
    const read = withMarker(withCounted(NOTHING_UNREAD, idAt(5), idAt(2), 3), idAt(5), 0);
    expect(unreadCount(withCounted(read, idAt(5), idAt(2), 3))).toBe(0);
  });

  it('is said as 99+ where there are more', () => {
    const many = withHeard(
      NOTHING_UNREAD,
      Array.from({ length: 250 }, (_, at) => messageAt(at + 1)),
      'me',
    );
    expect(unreadCount(many)).toBe(UNREAD_COUNT_MAX);
    expect([0, 1, 99, 100].map(formatUnread)).toEqual(['', '1', '99', '99+']);
  });

  it('comes to the same count however events and the list of conversations interleave', () => {
    const senders = fc.array(fc.constantFrom('me', 'deanne'), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        senders,
        fc.array(fc.nat({ max: 60 }), { maxLength: 60 }),
        fc.nat({ max: 30 }),
        (log, order, read) => {
          const messages = log.map((sender, at) => messageAt(at + 1, sender));
          const marker = Math.min(read, log.length);
          const countAfter = (from: number, to: number) =>
            messages.slice(from, to).filter(({ sender }) => sender !== 'me').length;
          let unread: Unread = NOTHING_UNREAD;
          const head = (n: number) => messages[n - 1]?.messageId ?? '';
          for (const n of [...order, 60 + log.length]) {
            const at = n % log.length;
            // Even: an event. Odd: the list, as it was when `at` messages were stored.
            unread =
              n % 2 === 0 && n < 60
                ? withHeard(unread, [messages[at]!], 'me')
                : withCounted(unread, head(at), '', countAfter(0, at));
          }
          unread = withHeard(unread, messages, 'me');
          unread = withMarker(unread, head(marker), countAfter(0, marker));
          unread = withCounted(unread, head(log.length), head(marker), countAfter(marker, log.length));
          expect(unreadCount(unread)).toBe(countAfter(marker, log.length));
        },
      ),
    );
  });
});
