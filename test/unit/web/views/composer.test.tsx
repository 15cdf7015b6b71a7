import { describe, expect, it, vi } from 'vitest';
import { selectDraft } from '../../../../web/src/app/state/drafts-selectors.ts';
import { Composer } from '../../../../web/src/features/composer/composer.tsx';
import { renderView } from './support/render-view.tsx';

const ID = 'dm:a:b';

async function openComposer() {
  const send = vi.fn(async () => {});
  const view = await renderView(<Composer conversationId={ID} to="#general" />, { outbox: { send } });
  const field = view.page.field('Message #general');
  const draft = () => selectDraft(view.store.getState(), ID);
  return { ...view, field, send, draft };
}

describe('the composer', () => {
  it('sends with Enter, is empty then, and keeps the focus', async () => {
    const { page, field, send, draft } = await openComposer();
    await page.fill(field, 'Hey everyone');
    await page.press(field, 'Enter');
    expect(send).toHaveBeenCalledExactlyOnceWith(ID, 'Hey everyone');
    expect([field.value, draft()]).toEqual(['', '']);
    expect(document.activeElement).toBe(field);
  });

  it('leaves the Enter that breaks a line or ends a composition alone', async () => {
    const { page, field, send } = await openComposer();
    await page.fill(field, 'かな');
    await page.press(field, 'Enter', { shiftKey: true });
    await page.press(field, 'Enter', { isComposing: true });
    await page.press(field, 'Enter', { keyCode: 229 });
    expect(send).not.toHaveBeenCalled();
    await page.press(field, 'Enter');
    expect(send).toHaveBeenCalledOnce();
  });

  it('keeps what was typed, line breaks too, as the conversation’s draft', async () => {
    const { page, field, draft } = await openComposer();
    await page.fill(field, 'not\nyet');
    expect(draft()).toBe('not\nyet');
  });

  it('sends nothing that is blank', async () => {
    const { page, field, send } = await openComposer();
    await page.fill(field, ' \n ');
    await page.press(field, 'Enter');
    expect(send).not.toHaveBeenCalled();
  });

  it('counts near the limit, in characters as people count them, and refuses beyond it', async () => {
    const { page, field, send } = await openComposer();
    await page.fill(field, '😀'.repeat(3_000));
    expect(page.text).not.toContain('4,000');
    await page.fill(field, '😀'.repeat(4_000));
    expect(page.text).toContain('4,000 / 4,000');
    await page.fill(field, '😀'.repeat(4_001));
    expect(page.text).toContain('1 too many');
    await page.press(field, 'Enter');
    expect(send).not.toHaveBeenCalled();
    expect(field.value).toHaveLength(8_002);
  });

  it('can’t be written in before the conversation is known', async () => {
    const { page } = await renderView(<Composer conversationId={undefined} to="#general" />);
    expect(page.field('Message #general').disabled).toBe(true);
  });
});
