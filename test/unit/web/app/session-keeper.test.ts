import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwnProfile } from '../../../../core/contract/users.ts';
import { SessionKeeper } from '../../../../web/src/app/session/session-keeper.ts';
import { ApiError } from '../../../../web/src/lib/api/api-error.ts';
import { problem, ScriptedApi } from '../support/scripted-call.ts';
import { settle } from '../support/settle.ts';
import { Browser, ME } from '../support/tab.ts';

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

/** The server's side of one browser's cookies. */
class Cookies {
  user: OwnProfile | null = { ...ME, sessionExpiresAt: inMinutes(15) };
  expired = false;
  refreshAnswer: (() => unknown) | null = null;

  serve(api: ScriptedApi): ScriptedApi {
    const needsSession = () => {
      if (!this.user) throw problem('session_required');
      if (this.expired) throw problem('session_expired');
    };
    return api
      .on('read-own-profile', () => {
        needsSession();
        return this.user;
      })
      .on('list-conversations', () => {
        needsSession();
        return { conversations: [], catchingUp: false };
      })
      .on('refresh-session', async () => {
        await Promise.resolve();
        if (this.refreshAnswer) return this.refreshAnswer();
        if (!this.user) throw problem('refresh_refused');
        this.expired = false;
        this.user = { ...this.user, sessionExpiresAt: inMinutes(15) };
        return { sessionExpiresAt: this.user.sessionExpiresAt };
      })
      .on('sign-in', () => {
        this.user = { ...ME, userId: 'vishu', sessionExpiresAt: inMinutes(15) };
        return this.user;
      })
      .on('sign-out', () => {
        this.user = null;
      });
  }
}

function openTab(browser: Browser, cookies: Cookies) {
  const api = cookies.serve(new ScriptedApi());
  const events: string[] = [];
  const keeper = new SessionKeeper({
    call: api.call,
    locks: browser.locks,
    tabs: browser.channel(),
    shared: browser.shared,
    serverNow: Date.now,
    random: () => 0.5,
    onSignedIn: async ({ userId }) => void events.push(`in ${userId}`),
    onUserChanged: () => {},
    onUnreachable: () => events.push('unreachable'),
    onSignedOut: async (reason) => void events.push(`out ${reason}`),
    wipe: async (userId, wiped) => void events.push(`wipe ${wiped} of ${userId}`),
  });
  return { api, events, keeper };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => vi.useRealTimers());

describe('the session', () => {
  it('is refreshed once however many calls find it expired, and each is then answered', async () => {
    const cookies = new Cookies();
    const { api, keeper } = openTab(new Browser(), cookies);
    await keeper.start();
    cookies.expired = true;
    await Promise.all([1, 2, 3].map(() => keeper.call('list-conversations')));
    expect(api.callsOf('refresh-session')).toHaveLength(1);
  });

  it('is refreshed by one tab for all of them', async () => {
    const browser = new Browser();
    const cookies = new Cookies();
    const [one, other] = [openTab(browser, cookies), openTab(browser, cookies)];
    await Promise.all([one.keeper.start(), other.keeper.start()]);
    cookies.expired = true;
    vi.setSystemTime(Date.now() + 1_000);
    await Promise.all([one.keeper.call('list-conversations'), other.keeper.call('list-conversations')]);
    expect([...one.api.callsOf('refresh-session'), ...other.api.callsOf('refresh-session')]).toHaveLength(1);
  });

  it('is refreshed before it expires', async () => {
    const { api, keeper } = openTab(new Browser(), new Cookies());
    await keeper.start();
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(api.callsOf('refresh-session')).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(3 * 60_000);
    expect(api.callsOf('refresh-session')).toHaveLength(1);
  });

  it('ends when the refresh is refused, and keeps what was not sent', async () => {
    const browser = new Browser();
    const cookies = new Cookies();
    const [one, other] = [openTab(browser, cookies), openTab(browser, cookies)];
    await Promise.all([one.keeper.start(), other.keeper.start()]);
    cookies.user = null;
    await expect(one.keeper.call('list-conversations')).rejects.toThrow(ApiError);
    await settle();
    expect(one.events).toEqual(['in me', 'out expired']);
    expect(other.events).toEqual(['in me', 'out expired']);
    expect(browser.shared.read()).toBeNull();
  });

  it.each([
    ['503', () => problem('sessions_unavailable')],
    ['no answer', () => new ApiError({ kind: 'unreachable' })],
    ['401 that is not ours', () => new ApiError({ kind: 'foreign', status: 401 })],
  ])('lives on when the refresh gets %s, and tries again', async (_, failure) => {
    const cookies = new Cookies();
    const { api, events, keeper } = openTab(new Browser(), cookies);
    await keeper.start();
    cookies.expired = true;
    cookies.refreshAnswer = () => {
      throw failure();
    };
    await expect(keeper.call('list-conversations')).rejects.toMatchObject({ status: 401 });
    await vi.advanceTimersByTimeAsync(14 * 60_000);
    expect(events).toEqual(['in me']);
    expect(api.callsOf('refresh-session').length).toBeGreaterThan(1);
    cookies.refreshAnswer = null;
    await vi.advanceTimersByTimeAsync(2 * 60_000);
    await expect(keeper.call('list-conversations')).resolves.toBeDefined();
  });

  it('that can not be refreshed ends when it expires, without asking', async () => {
    const cookies = new Cookies();
    cookies.user = { ...ME, refreshable: false };
    const { api, events, keeper } = openTab(new Browser(), cookies);
    await keeper.start();
    cookies.expired = true;
    await expect(keeper.call('list-conversations')).rejects.toThrow(ApiError);
    expect(api.callsOf('refresh-session')).toEqual([]);
    expect(events).toEqual(['in me', 'out expired']);
  });

  it('of nobody leads to the login page without a reason', async () => {
    const cookies = new Cookies();
    cookies.user = null;
    const { events, keeper } = openTab(new Browser(), cookies);
    await keeper.start();
    expect(events).toEqual(['out null']);
  });

  it.each([
    ['goes on as the one who is remembered', ME, ['in me']],
    ['says so where nobody is', null, ['unreachable']],
  ])('that nobody can tell of %s', async (_, remembered, expected) => {
    const browser = new Browser();
    if (remembered) browser.shared.write(remembered);
    const cookies = new Cookies();
    const { api, events, keeper } = openTab(browser, cookies);
    api.on('read-own-profile', () => {
      throw new ApiError({ kind: 'unreachable' });
    });
    await keeper.start();
    expect(events).toEqual(expected);
    cookies.serve(api);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(events).toEqual([...new Set([...expected, 'in me'])]);
  });

  it.each(['everything', 'cached'] as const)(
    'signs out in every tab of this browser and wipes %s',
    async (wiped) => {
      const browser = new Browser();
      const cookies = new Cookies();
      const [one, other] = [openTab(browser, cookies), openTab(browser, cookies)];
      await Promise.all([one.keeper.start(), other.keeper.start()]);
      await one.keeper.signOut(wiped);
      await settle();
      expect(one.events).toEqual(['in me', 'out signed-out', `wipe ${wiped} of me`]);
      expect(other.events).toEqual(['in me', 'out signed-out-elsewhere', `wipe ${wiped} of me`]);
    },
  );

  it.each([
    ['the service can not end it', () => problem('sessions_unavailable'), false],
    ['nobody answers', () => new ApiError({ kind: 'unreachable' }), true],
  ])('signs out here when %s', async (_, failure, owed) => {
    const browser = new Browser();
    const { api, events, keeper } = openTab(browser, new Cookies());
    await keeper.start();
    api.on('sign-out', () => {
      throw failure();
    });
    await keeper.signOut('everything');
    expect(events).toEqual(['in me', 'out signed-out', 'wipe everything of me']);
    expect(browser.shared.isSignOutOwed()).toBe(owed);
  });

  it('makes up for a sign-out that nobody heard before it asks who is signed in', async () => {
    const browser = new Browser();
    browser.shared.setSignOutOwed(true);
    const { api, events, keeper } = openTab(browser, new Cookies());
    await keeper.start();
    expect(api.calls.map(({ name }) => name)).toEqual(['sign-out', 'read-own-profile', 'refresh-session']);
    expect(events).toEqual(['out null']);
  });

  it('of another user who signs in takes over all tabs', async () => {
    const browser = new Browser();
    const cookies = new Cookies();
    const [one, other] = [openTab(browser, cookies), openTab(browser, cookies)];
    await other.keeper.start();
    await one.keeper.signIn({ login: 'vishu', password: 'correct horse' });
    await settle();
    expect(other.events).toEqual(['in me', 'out signed-out-elsewhere', 'in vishu']);
  });

  it('ends when the service says so', async () => {
    const { events, keeper } = openTab(new Browser(), new Cookies());
    await keeper.start();
    await keeper.revoked('somebody-else');
    await keeper.revoked('me');
    expect(events).toEqual(['in me', 'out revoked']);
  });
});
