import { afterEach, describe, expect, it, vi } from 'vitest';
import { watchAttention } from '../../../../web/src/app/sync/attention.ts';
import { Scope } from '../../../../web/src/lib/lifecycle/scope.ts';

function start({ visible = true, focused = true } = {}) {
  const looks = { visible, focused };
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() =>
    looks.visible ? 'visible' : 'hidden',
  );
  vi.spyOn(document, 'hasFocus').mockImplementation(() => looks.focused);
  const scope = new Scope();
  const told: string[] = [];
  watchAttention(scope, {
    onAttended: (attended) => told.push(attended ? 'attended' : 'unattended'),
    onReturn: () => told.push('return'),
    onOffline: () => told.push('offline'),
    onHide: () => told.push('hide'),
  });
  const since = () => told.splice(0);
  return { looks, scope, since };
}

afterEach(() => vi.restoreAllMocks());

describe('attention', () => {
  it.each([
    [true, true, 'attended'],
    [true, false, 'unattended'],
    [false, true, 'unattended'],
  ])(
    'of a page that is visible (%s) and has the focus (%s) is %s from the start',
    (visible, focused, word) => {
      expect(start({ visible, focused }).since()).toEqual([word]);
    },
  );

  it('goes with the focus and comes back with it', () => {
    const { looks, since } = start();
    since();
    looks.focused = false;
    window.dispatchEvent(new Event('blur'));
    expect(since()).toEqual(['unattended']);
    looks.focused = true;
    window.dispatchEvent(new Event('focus'));
    expect(since()).toEqual(['attended', 'return']);
  });

  it('goes with the tab that is put away, which may be for good', () => {
    const { looks, since } = start();
    since();
    looks.visible = false;
    document.dispatchEvent(new Event('visibilitychange'));
    expect(since()).toEqual(['unattended', 'hide']);
    window.dispatchEvent(new Event('pagehide'));
    expect(since()).toEqual(['hide']);
    looks.visible = true;
    document.dispatchEvent(new Event('visibilitychange'));
    expect(since()).toEqual(['attended', 'return']);
  });

  it('goes and returns with the network, and ends with the user', () => {
    const { scope, since } = start();
    since();
    window.dispatchEvent(new Event('offline'));
    expect(since()).toEqual(['offline']);
    window.dispatchEvent(new Event('online'));
    expect(since()).toEqual(['return']);
    scope.end();
    for (const type of ['online', 'offline', 'focus', 'blur', 'pagehide'])
      window.dispatchEvent(new Event(type));
    expect(since()).toEqual([]);
  });
});
