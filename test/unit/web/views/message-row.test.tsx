import { describe, expect, it, vi } from 'vitest';
import { peopleLearned } from '../../../../web/src/app/state/people-slice.ts';
import { MessageRow } from '../../../../web/src/features/timeline/message-row.tsx';
import type { MessageEntry } from '../../../../web/src/lib/timeline/timeline-entries.ts';
import { renderView } from './support/render-view.tsx';

const entry: MessageEntry = {
  kind: 'message',
  key: 'deanne 1',
  conversationId: 'dm:a:b',
  sender: 'deanne',
  nonce: 'nonce-01',
  content: 'Hey',
  postedAt: '2026-03-03T12:00:00.000Z',
  own: true,
  state: 'stored',
};

function show(change: Partial<MessageEntry>, outbox = {}) {
  return renderView(
    <MessageRow entry={{ ...entry, ...change }} head newestStored={false} onOpenPerson={() => {}} />,
    {
      outbox,
      prepare: (store) =>
        store.dispatch(peopleLearned([{ userId: 'deanne', firstName: '<b>Deanne</b>', lastName: 'Kim' }])),
    },
  );
}

describe('a message', () => {
  it('shows markup in text and names as text', async () => {
    const content = '<img src=x onerror=alert(1)>\n<b>no</b>';
    const { container, page } = await show({ content });
    expect(container.querySelector('b, img, script')).toBeNull();
    expect(container.querySelector('p')?.textContent).toBe(content);
    expect(page.button('<b>Deanne</b> Kim')).toBeTruthy();
  });

  it('makes an address a link that tells the other site nothing', async () => {
    const { container } = await show({ content: 'see https://example.com.' });
    const link = container.querySelector('a');
    expect([link?.getAttribute('href'), link?.textContent]).toEqual([
      'https://example.com',
      'https://example.com',
    ]);
    expect(link?.getAttribute('rel')).toMatch(/noopener.*noreferrer/);
  });

  it.each([
    ['sending', 'Sending…'],
    ['sent', 'Sent'],
    ['stored', 'Stored'],
    ['waiting', 'Waiting for the connection'],
  ] as const)('that is %s says so', async (state, words) => {
    expect((await show({ state })).page.text).toContain(words);
  });

  it('of somebody else says nothing of its state', async () => {
    expect((await show({ own: false })).page.text).not.toContain('Stored');
  });

  it('that failed says why, and can be tried again or let go', async () => {
    const retry = vi.fn(async () => {});
    const discard = vi.fn(async () => {});
    const failure = 'Join the channel to post in it.';
    const { page } = await show({ state: 'failed', failure }, { retry, discard });
    expect(page.all('alert')[0]?.textContent).toContain(failure);
    await page.click(page.button('Retry'));
    expect(retry).toHaveBeenCalledExactlyOnceWith('nonce-01');
    await page.click(page.button('Discard'));
    expect(discard).toHaveBeenCalledExactlyOnceWith('nonce-01');
  });

  it('that waits can be sent now', async () => {
    const retry = vi.fn(async () => {});
    const { page } = await show({ state: 'waiting' }, { retry });
    await page.click(page.button('Retry now'));
    expect(retry).toHaveBeenCalledExactlyOnceWith('nonce-01');
  });

  it('that was edited says so behind its text, and when', async () => {
    const editedAt = '2026-03-04T12:00:00.000Z';
    const { container, page } = await show({ editedAt });
    expect(page.text).toContain('Hey (edited)');
    const times = [...container.querySelectorAll('time')];
    const sign = times.find((time) => time.textContent === '(edited)');
    expect([sign?.getAttribute('datetime'), sign?.title]).toEqual([
      editedAt,
      expect.stringContaining('2026'),
    ]);
    expect((await show({})).page.text).not.toContain('edited');
  });

  it('carries the whole moment in its time', async () => {
    const time = (await show({})).container.querySelector('time');
    expect(time?.getAttribute('datetime')).toBe(entry.postedAt);
    expect(time?.title).toContain('2026');
  });
});
