import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { USERS_BY_ID_MAX } from '../../../../core/contract/limits.ts';
import { selectDisplayName } from '../../../../web/src/app/state/people-selectors.ts';
import { PeopleLoader } from '../../../../web/src/app/sync/people-loader.ts';
import { problem, ScriptedApi } from '../support/scripted-call.ts';
import { openTab } from '../support/tab.ts';

async function start() {
  const service = { away: false };
  const api = new ScriptedApi().on('search-users', ({ query }) => {
    if (service.away) throw problem('directory_unavailable');
    const ids = (query as { ids: string }).ids.split(',');
    return { users: ids.map((userId) => ({ userId, firstName: `First of ${userId}`, lastName: 'Name' })) };
  });
  const { context, store } = await openTab(api);
  const people = new PeopleLoader(context);
  const asked = () => api.callsOf('search-users').map(({ query }) => (query as { ids: string }).ids);
  return { service, context, store, people, asked };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => vi.useRealTimers());

describe('profiles of people', () => {
  it('are asked for together, each once', async () => {
    const { people, asked, store } = await start();
    people.ensure(['deanne', 'vishu']);
    people.ensure(['vishu', 'abe']);
    expect(asked()).toEqual([]);
    await vi.advanceTimersByTimeAsync(30);
    people.ensure(['deanne', 'abe']);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked()).toEqual(['deanne,vishu,abe']);
    expect(selectDisplayName(store.getState(), 'abe')).toBe('First of abe Name');
  });

  it('are asked for in as many requests as the service wants them', async () => {
    const { people, asked } = await start();
    const ids = Array.from({ length: USERS_BY_ID_MAX + 1 }, (_, at) => `user-${at}`);
    people.ensure(ids);
    await vi.advanceTimersByTimeAsync(30);
    expect(asked().map((list) => list.split(',').length)).toEqual([USERS_BY_ID_MAX, 1]);
  });

  it('are asked for again when they are old and needed', async () => {
    const { people, asked } = await start();
    people.ensure(['deanne']);
    await vi.advanceTimersByTimeAsync(10 * 60_000 - 1);
    people.ensure(['deanne']);
    await vi.advanceTimersByTimeAsync(30);
    expect(asked()).toHaveLength(1);
    people.ensure(['deanne']);
    await vi.advanceTimersByTimeAsync(30);
    expect(asked()).toHaveLength(2);
  });

  it('that could not be read are user ids until they can', async () => {
    const { people, service, store } = await start();
    service.away = true;
    people.ensure(['deanne']);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(selectDisplayName(store.getState(), 'deanne')).toBe('deanne');
    service.away = false;
    await vi.advanceTimersByTimeAsync(1_100);
    expect(selectDisplayName(store.getState(), 'deanne')).toBe('First of deanne Name');
  });

  it('are nobody’s business after the user has gone', async () => {
    const { people, context, asked } = await start();
    people.ensure(['deanne']);
    context.scope.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked()).toEqual([]);
  });
});
