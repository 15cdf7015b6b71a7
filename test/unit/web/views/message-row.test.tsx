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
  it('shows markup in text and names as text', () => {
    const { container, getByText } = show({ content: '<img src=x onerror=alert(1)>\n<b>no</b>' });
    expect(container.querySelector('p b, img')).toBeNull();
    expect(container.querySelector('p')?.textContent).toBe('<img src=x onerror=alert(1)>\n<b>no</b>');
    expect(getByText('<b>Deanne</b> Kim')).toBeTruthy();
  });

  it('makes an address a link that tells the other site nothing', () => {
    const link = show({ content: 'see https://example.com.' }).getByRole('link', {
      name: 'https://example.com',
    });
    expect(link.getAttribute('href')).toBe('https://example.com');
    expect(link.getAttribute('rel')).toContain('noopener');
    expect(link.getAttribute('rel')).toContain('noreferrer');
  });

  it.each([
    ['sending', 'Sending…'],
    ['sent', 'Sent'],
    ['stored', 'Stored'],
    ['waiting', 'Waiting for the connection'],
  ] as const)('that is %s says so', (state, words) => {
    expect(show({ state }).getByText(words, { exact: false })).toBeTruthy();
  });

  it('of somebody else says nothing of its state', () => {
    expect(show({ own: false }).queryByText('Stored')).toBeNull();
  });

  it('that failed says why, and can be tried again or let go', async () => {
    const retry = vi.fn(async () => {});
    const discard = vi.fn(async () => {});
    const view = show({ state: 'failed', failure: 'Join the channel to post in it.' }, { retry, discard });
    expect(view.getByRole('alert').textContent).toContain('Join the channel to post in it.');
    await view.user.click(view.getByRole('button', { name: 'Retry' }));
    expect(retry).toHaveBeenCalledExactlyOnceWith('nonce-01');
    await view.user.click(view.getByRole('button', { name: 'Discard' }));
    expect(discard).toHaveBeenCalledExactlyOnceWith('nonce-01');
  });

  it('that waits can be sent now', async () => {
    const retry = vi.fn(async () => {});
    const view = show({ state: 'waiting' }, { retry });
    await view.user.click(view.getByRole('button', { name: 'Retry now' }));
    expect(retry).toHaveBeenCalledExactlyOnceWith('nonce-01');
  });

  it('carries the whole moment in its time', () => {
    const time = show({}).container.querySelector('time');
    expect(time?.getAttribute('datetime')).toBe(entry.postedAt);
    expect(time?.title).toContain('2026');
  });
});
