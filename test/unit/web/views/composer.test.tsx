import { fireEvent } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { selectDraft } from '../../../../web/src/app/state/drafts-selectors.ts';
import { Composer } from '../../../../web/src/features/composer/composer.tsx';
import { renderView } from './support/render-view.tsx';

const ID = 'dm:a:b';

function openComposer() {
  const send = vi.fn(async () => {});
  const view = renderView(<Composer conversationId={ID} to="#general" />, { outbox: { send } });
  const field = view.getByRole('textbox', { name: 'Message #general' }) as HTMLTextAreaElement;
  return { ...view, field, send };
}

describe('the composer', () => {
  it('sends with Enter, is empty then, and keeps the focus', async () => {
    const { user, field, send, store } = openComposer();
    await user.type(field, 'Hey everyone{Enter}');
    expect(send).toHaveBeenCalledExactlyOnceWith(ID, 'Hey everyone');
    expect(field.value).toBe('');
    expect(selectDraft(store.getState(), ID)).toBe('');
    expect(document.activeElement).toBe(field);
  });

  it('breaks the line with Shift+Enter', async () => {
    const { user, field, send } = openComposer();
    await user.type(field, 'one{Shift>}{Enter}{/Shift}two');
    expect(field.value).toBe('one\ntwo');
    expect(send).not.toHaveBeenCalled();
  });

  it('leaves the Enter that ends a composition alone', async () => {
    const { user, field, send } = openComposer();
    await user.type(field, 'かな');
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
    expect(send).not.toHaveBeenCalled();
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(send).toHaveBeenCalledOnce();
  });

  it('keeps what was typed as the conversation’s draft', async () => {
    const { user, field, store } = openComposer();
    await user.type(field, 'not yet');
    expect(selectDraft(store.getState(), ID)).toBe('not yet');
  });

  it('sends nothing that is blank', async () => {
    const { user, field, send } = openComposer();
    await user.type(field, '  {Enter}');
    expect(send).not.toHaveBeenCalled();
  });

  it('counts near the limit, in characters as people count them, and refuses beyond it', async () => {
    const { field, send, queryByText, getByText } = openComposer();
    fireEvent.change(field, { target: { value: '😀'.repeat(3_000) } });
    expect(queryByText(/4,000/)).toBeNull();
    fireEvent.change(field, { target: { value: '😀'.repeat(4_000) } });
    expect(getByText('4,000 / 4,000')).toBeTruthy();
    fireEvent.change(field, { target: { value: '😀'.repeat(4_001) } });
    expect(getByText(/^1 too many/)).toBeTruthy();
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(send).not.toHaveBeenCalled();
    expect(field.value).toHaveLength(8_002);
  });

  it('can’t be written in before the conversation is known', () => {
    const view = renderView(<Composer conversationId={undefined} to="#general" />);
    expect((view.getByRole('textbox') as HTMLTextAreaElement).disabled).toBe(true);
  });
});
