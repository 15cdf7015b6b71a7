import { describe, expect, it, vi } from 'vitest';
import { channelFound } from '../../../../web/src/app/state/conversations-slice.ts';
import { peopleLearned } from '../../../../web/src/app/state/people-slice.ts';
import { SwitcherDialog } from '../../../../web/src/features/switcher/switcher-dialog.tsx';
import { ScriptedApi } from '../support/scripted-call.ts';
import { renderView } from './support/render-view.tsx';

const channel = (n: number, name: string) => ({
  channelId: `00000000-0000-4000-8000-00000000000${n}`,
  conversationId: `channel:00000000-0000-4000-8000-00000000000${n}`,
  name,
  createdAt: new Date(0).toISOString(),
  joined: true,
});

const deanne = { userId: 'deanne', firstName: 'Deanne', lastName: 'Kim' };

async function openSwitcher() {
  const api = new ScriptedApi()
    .on('search-users', () => ({ users: [deanne] }))
    .on('find-channels', () => ({
      channels: [channel(2, 'design-reviews'), { ...channel(3, 'deploys'), joined: false }],
    }));
  const onChoose = vi.fn();
  const view = await renderView(<SwitcherDialog onClose={() => {}} onChoose={onChoose} />, {
    api,
    prepare: (store) => {
      store.dispatch(channelFound(channel(1, 'general')));
      store.dispatch(channelFound(channel(2, 'design-reviews')));
      store.dispatch(peopleLearned([deanne]));
    },
  });
  const field = view.page.field('Find people and channels');
  const names = () => view.page.all('option').map((option) => option.textContent);
  const active = () =>
    document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent;
  return { ...view, api, onChoose, field, names, active };
}

describe('the switcher', () => {
  it('shows what is at hand before anything is asked', async () => {
    const { names, api } = await openSwitcher();
    expect(names()).toEqual(['design-reviews', 'general']);
    expect(api.calls).toEqual([]);
  });

  it('adds the people and channels that the server knows, each once', async () => {
    const { page, field, names } = await openSwitcher();
    await page.fill(field, 'de');
    expect(names()).toEqual(['design-reviews']);
    await page.until('Deanne Kim');
    expect(names()).toEqual(['design-reviews', 'DKDeanne Kim@deanne', 'deploys']);
  });

  it('moves with the arrow keys, around the ends, and goes with Enter', async () => {
    const { page, field, active, onChoose } = await openSwitcher();
    expect(active()).toBe('design-reviews');
    await page.press(field, 'ArrowUp');
    expect(active()).toBe('general');
    await page.press(field, 'ArrowDown');
    expect(active()).toBe('design-reviews');
    await page.press(field, 'Enter');
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('/channels/design-reviews');
  });
});
