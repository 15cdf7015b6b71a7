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

function openSwitcher() {
  const api = new ScriptedApi()
    .on('search-users', () => ({ users: [deanne] }))
    .on('find-channels', () => ({ channels: [{ ...channel(3, 'deploys'), joined: false }] }));
  const onChoose = vi.fn();
  const view = renderView(<SwitcherDialog onClose={() => {}} onChoose={onChoose} />, {
    api,
    prepare: (store) => {
      store.dispatch(channelFound(channel(1, 'general')));
      store.dispatch(channelFound(channel(2, 'design-reviews')));
      store.dispatch(peopleLearned([deanne]));
    },
  });
  const names = () => view.getAllByRole('option').map((option) => option.textContent);
  return { ...view, api, onChoose, names };
}

describe('the switcher', () => {
  it('shows what is at hand before anything is asked', () => {
    const { names, api } = openSwitcher();
    expect(names()).toEqual(['design-reviews', 'general']);
    expect(api.calls).toEqual([]);
  });

  it('adds the people and channels that the server knows, each once', async () => {
    const { user, getByRole, findByRole, names } = openSwitcher();
    await user.type(getByRole('combobox'), 'de');
    expect(names()).toEqual(['design-reviews']);
    await findByRole('option', { name: /Deanne Kim/ });
    expect(names()).toEqual(['design-reviews', 'DKDeanne Kim@deanne', 'deploys']);
  });

  it('moves with the arrow keys, around the ends, and goes with Enter', async () => {
    const { user, getByRole, onChoose } = openSwitcher();
    const active = () =>
      document.getElementById(getByRole('combobox').getAttribute('aria-activedescendant') ?? '');
    expect(active()?.textContent).toBe('design-reviews');
    await user.keyboard('{ArrowUp}');
    expect(active()?.textContent).toBe('general');
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('/channels/general');
  });
});
