import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PostMessageBody } from '../../../../core/contract/messages.ts';
import { messagesArrived } from '../../../../web/src/app/state/messages-slice.ts';
import { selectUnsentCount } from '../../../../web/src/app/state/outbox-selectors.ts';
import { Outbox } from '../../../../web/src/app/sync/outbox.ts';
import { OutboxSender } from '../../../../web/src/app/sync/outbox-sender.ts';
import { ApiError } from '../../../../web/src/lib/api/api-error.ts';
import { CONVERSATION, idAt, messageAt } from '../support/messages.ts';
import { problem, ScriptedApi } from '../support/scripted-call.ts';
import { settle } from '../support/settle.ts';
import { Browser, ME, openTab, type Tab } from '../support/tab.ts';

const tabs: Tab[] = [];

async function startTab(api: ScriptedApi, browser = new Browser()) {
  const tab = await openTab(api, browser);
  tabs.push(tab);
  const outbox = new Outbox(tab.context);
  const sender = new OutboxSender(tab.context, outbox, browser.shared, () => {});
  await outbox.load();
  sender.start();
  return { ...tab, outbox, sender, api, browser };
}

/** An API that takes messages at rising offsets, or fails as the test says first. */
function takingApi(failures: (() => unknown)[] = []) {
  let offset = 0;
  return new ScriptedApi().on('post-message', (input) => {
    const failure = failures.shift();
    if (failure) throw failure();
    offset += 1;
    const { nonce } = input.body as PostMessageBody;
    const conversationId = input.params?.conversationId ?? '';
    return { conversationId, messageId: idAt(offset), nonce, postedAt: new Date(0).toISOString() };
  });
}

const bodies = (api: ScriptedApi) => api.callsOf('post-message').map(({ body }) => body as PostMessageBody);

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});

afterEach(() => {
  for (const { context, database } of tabs.splice(0)) {
    context.scope.end();
    database.close();
  }
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the outbox', () => {
  it('is on disk, with its attempt and what was known, before the request leaves', async () => {
    const onDisk: unknown[] = [];
    const api = takingApi();
    const tab = await startTab(api);
    tab.store.dispatch(messagesArrived({ conversationId: CONVERSATION, messages: [messageAt(7)] }));
    api.on('post-message', async () => {
      onDisk.push(...(await tab.database.outbox.all()));
      throw new ApiError({ kind: 'unreachable' });
    });
    await tab.outbox.send(CONVERSATION, 'hello');
    await settle();
    expect(onDisk).toMatchObject([{ content: 'hello', attempt: 0, after: idAt(7), state: 'sending' }]);
  });

  it('counts attempts up, keeping nonce and what was known at the first', async () => {
    const api = takingApi([() => problem('log_unavailable'), () => new ApiError({ kind: 'timeout' })]);
    const tab = await startTab(api);
    await tab.outbox.send(CONVERSATION, 'hello');
    await settle();
    tab.store.dispatch(messagesArrived({ conversationId: CONVERSATION, messages: [messageAt(3)] }));
    for (let retry = 0; retry < 2; retry += 1) {
      await vi.advanceTimersByTimeAsync(2_500);
      await settle();
    }
    const sent = bodies(api);
    expect(sent.map(({ attempt, after }) => [attempt, after])).toEqual([
      [0, undefined],
      [1, undefined],
      [2, undefined],
    ]);
    expect(new Set(sent.map(({ nonce }) => nonce)).size).toBe(1);
    expect(tab.outbox.entries).toMatchObject([{ state: 'sent', messageId: idAt(1) }]);
  });

  it('sends one at a time in each conversation, in order, and conversations side by side', async () => {
    const api = new ScriptedApi();
    const answers: (() => void)[] = [];
    api.on('post-message', async (input) => {
      await new Promise<void>((resolve) => answers.push(resolve));
      const { nonce } = input.body as PostMessageBody;
      return { conversationId: '', messageId: idAt(answers.length), nonce, postedAt: '' };
    });
    const tab = await startTab(api);
    await Promise.all([
      tab.outbox.send(CONVERSATION, 'one'),
      tab.outbox.send(CONVERSATION, 'two'),
      tab.outbox.send('dm:me:vishu', 'aside'),
    ]);
    await settle();
    expect(bodies(api).map(({ content }) => content)).toEqual(['one', 'aside']);
    answers[0]?.();
    await settle();
    expect(bodies(api).map(({ content }) => content)).toEqual(['one', 'aside', 'two']);
  });

  it('sets a refused message aside with its reason and goes on with the next', async () => {
    const api = takingApi([() => problem('not_a_member')]);
    const tab = await startTab(api);
    await tab.outbox.send(CONVERSATION, 'refused');
    await tab.outbox.send(CONVERSATION, 'fine');
    await settle();
    expect(tab.outbox.entries).toMatchObject([
      { content: 'refused', state: 'failed', failure: { code: 'not_a_member' } },
      { content: 'fine', state: 'sent' },
    ]);
    await tab.outbox.retry(tab.outbox.entries[0]!.nonce);
    await settle();
    expect(tab.outbox.entries[0]).toMatchObject({ state: 'sent', attempt: 1 });
  });

  it('lets go of a failed message only when told to', async () => {
    const tab = await startTab(takingApi([() => problem('conversation_not_found')]));
    await tab.outbox.send(CONVERSATION, 'nobody there');
    await settle();
    const { nonce } = tab.outbox.entries[0]!;
    await tab.outbox.discard(nonce);
    expect(tab.outbox.entries).toEqual([]);
    expect(await tab.database.outbox.all()).toEqual([]);
  });

  it('keeps a message until it is seen, over a reload, and sends it again as a copy', async () => {
    const browser = new Browser();
    const first = await startTab(
      new ScriptedApi().on('post-message', () => new Promise(() => {})),
      browser,
    );
    await first.outbox.send(CONVERSATION, 'hello');
    await settle();
    first.context.scope.end();
    first.database.close();
    // The lock goes with the tab.
    const reloaded = await startTab(takingApi(), Object.assign(new Browser(), { shared: browser.shared }));
    await settle();
    const [body] = bodies(reloaded.api);
    expect(body).toMatchObject({ content: 'hello', attempt: 1 });
    expect(await reloaded.database.outbox.all()).toMatchObject([{ state: 'sent' }]);
    reloaded.outbox.seen([messageAt(1, 'me', body!.nonce)]);
    await settle();
    expect(reloaded.outbox.entries).toEqual([]);
    expect(await reloaded.database.outbox.all()).toEqual([]);
  });

  it('does not bring back a message that was seen before its answer came', async () => {
    const api = new ScriptedApi();
    const tab = await startTab(api);
    api.on('post-message', async (input) => {
      const { nonce } = input.body as PostMessageBody;
      tab.outbox.seen([messageAt(1, 'me', nonce)]);
      return { conversationId: CONVERSATION, messageId: idAt(1), nonce, postedAt: '' };
    });
    await tab.outbox.send(CONVERSATION, 'quick');
    await settle();
    expect(tab.outbox.entries).toEqual([]);
    expect(await tab.database.outbox.all()).toEqual([]);
  });

  it('sends from one tab, and shows the state in all of them', async () => {
    const browser = new Browser();
    const leader = await startTab(takingApi(), browser);
    await settle();
    const other = await startTab(takingApi(), browser);
    await other.outbox.send(CONVERSATION, 'from the other tab');
    await settle();
    expect(bodies(other.api)).toEqual([]);
    expect(bodies(leader.api)).toMatchObject([{ content: 'from the other tab', attempt: 0 }]);
    expect(other.outbox.entries).toMatchObject([{ state: 'sent' }]);
  });

  it('takes over when the sending tab goes', async () => {
    const browser = new Browser();
    const leader = await startTab(
      new ScriptedApi().on('post-message', () => new Promise(() => {})),
      browser,
    );
    await settle();
    const other = await startTab(takingApi(), browser);
    await leader.outbox.send(CONVERSATION, 'hello');
    await settle();
    leader.context.scope.end();
    await settle();
    expect(bodies(other.api)).toMatchObject([{ content: 'hello', attempt: 1 }]);
  });

  it('sends nothing as somebody else', async () => {
    const browser = new Browser();
    const tab = await startTab(takingApi(), browser);
    await settle();
    browser.shared.write({ ...ME, userId: 'vishu' });
    await tab.outbox.send(CONVERSATION, 'mine');
    await vi.advanceTimersByTimeAsync(60_000);
    await settle();
    expect(bodies(tab.api)).toEqual([]);
    expect(selectUnsentCount(tab.store.getState())).toBe(1);
    browser.shared.write(ME);
    await vi.advanceTimersByTimeAsync(60_000);
    await settle();
    expect(bodies(tab.api)).toMatchObject([{ content: 'mine' }]);
  });

  it('tries at once what waits when something came back', async () => {
    const api = takingApi([() => problem('log_unavailable', { retryAfter: 600 })]);
    const tab = await startTab(api);
    await tab.outbox.send(CONVERSATION, 'hello');
    await settle();
    expect(tab.outbox.entries).toMatchObject([{ state: 'waiting' }]);
    tab.sender.hurry();
    await vi.advanceTimersByTimeAsync(600);
    await settle();
    expect(tab.outbox.entries).toMatchObject([{ state: 'sent', attempt: 1 }]);
  });

  it('writes neither contents nor tokens to the console, whatever goes wrong', async () => {
    const said = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    const tab = await startTab(
      takingApi([
        () => new Error('bug'),
        () => new ApiError({ kind: 'foreign', status: 502 }),
        () => problem('not_a_member'),
      ]),
    );
    await tab.outbox.send(CONVERSATION, 'a secret');
    for (let retry = 0; retry < 3; retry += 1) {
      await settle();
      await vi.advanceTimersByTimeAsync(5_000);
    }
    expect(tab.outbox.entries).toMatchObject([{ state: 'failed' }]);
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
  });
});
