import type { ConversationSummary } from '../../../../core/contract/conversations.ts';
import type { PingMeEvent } from '../../../../core/contract/events.ts';
import type { Message } from '../../../../core/contract/messages.ts';
import { type MessageEdit, versionOf } from '../../../../core/domain/message-edit.ts';
import { logPositionOf, messageIdOf } from '../../../../core/domain/message-id.ts';
import { SessionKeeper } from '../../../../web/src/app/session/session-keeper.ts';
import { conversationOpened, timelineAtEnd } from '../../../../web/src/app/state/conversations-slice.ts';
import { selectTimeline } from '../../../../web/src/app/state/messages-selectors.ts';
import { startUserRuntime, type UserRuntime } from '../../../../web/src/app/sync/user-runtime.ts';
import { ApiError } from '../../../../web/src/lib/api/api-error.ts';
import { fakeSockets } from './fake-socket.ts';
import { firstCopies, pageOf } from './history-server.ts';
import { CONVERSATION, idAt, messageAt } from './messages.ts';
import { problem, ScriptedApi } from './scripted-call.ts';
import { Browser, ME, openTab } from './tab.ts';

export type PostFate = 'confirmed' | 'appended, answer lost' | 'refused for now';

/** One conversation's log, store and delivery as the service runs them, and a tab in which everything runs. */
export async function startWorld({ random = () => 0.5 }: { random?: () => number } = {}) {
  const log: Message[] = [];
  const edits: MessageEdit[] = [];
  const sockets = fakeSockets();
  const browser = new Browser();
  const service = {
    /** How many records of the log are in history. */
    storedCount: 0,
    storedEdits: 0,
    catchingUp: false,
    historyAway: false,
    /** How long an answer of history is on its way, ms; what it says was so when it was asked for. */
    latencyMs: 0,
    /** What becomes of the next posts; confirmed where there is none left. */
    fates: [] as PostFate[],
  };
  const inTime = <T>(answer: T) =>
    service.latencyMs === 0
      ? answer
      : new Promise<T>((resolve) => setTimeout(() => resolve(answer), service.latencyMs));
  const append = (sender: string, nonce?: string, content?: string): Message => {
    const record = messageAt(log.length + 1, sender, nonce);
    const message = content === undefined ? record : { ...record, content };
    log.push(message);
    return message;
  };
  /** The record stands behind all that the log has by now. */
  const edit = ({ messageId, sender }: Message, by = sender): MessageEdit => {
    const behind = { ...logPositionOf(idAt(log.length)), partition: 100 + edits.length };
    const editId = messageIdOf(behind);
    const editedAt = new Date(behind.appendedAt).toISOString();
    const made = { messageId, sender: by, content: `edit ${edits.length + 1}`, edit: { editId, editedAt } };
    edits.push(made);
    return made;
  };
  const keptEdits = () => edits.slice(0, service.storedEdits);
  const summary = (): ConversationSummary => {
    const last = firstCopies(log.slice(0, service.storedCount), keptEdits()).at(-1);
    return {
      conversationId: CONVERSATION,
      peer: { userId: 'deanne', firstName: 'Deanne', lastName: 'Kim' },
      joinedAt: '2026-01-01T00:00:00.000Z',
      ...(last ? { lastMessage: last } : {}),
      unreadCount: 0,
    };
  };
  const api = new ScriptedApi()
    .on('read-history', ({ query }) => {
      if (service.historyAway) throw problem('history_unavailable');
      const { before, after, limit } = query as { before?: string; after?: string; limit: string };
      const stored = log.slice(0, service.storedCount);
      const page = pageOf(stored, '~', { before, after, limit: Number(limit) }, keptEdits());
      return inTime({ ...page, catchingUp: service.catchingUp });
    })
    .on('list-conversations', () => inTime({ conversations: [summary()], catchingUp: service.catchingUp }))
    .on('post-message', ({ body }) => {
      const { nonce, content } = body as { nonce: string; content: string };
      const fate = service.fates.shift() ?? 'confirmed';
      if (fate === 'refused for now') throw problem('log_unavailable');
      const { messageId, postedAt } = append(ME.userId, nonce, content);
      if (fate !== 'confirmed') throw new ApiError({ kind: 'unreachable' });
      return { messageId, nonce, postedAt };
    })
    .on('read-health', () => ({ status: 'ok', parts: { kafka: 'up', cassandra: 'up', dynamodb: 'up' } }))
    .on('search-users', () => ({ users: [] }))
    .on('move-read-marker', () => undefined)
    .on('read-own-profile', () => ME);
  let running: UserRuntime | undefined;
  const { store } = await openTab(api, browser, ME, () => running?.services ?? null);
  const session = new SessionKeeper({
    call: api.call,
    locks: browser.locks,
    tabs: browser.channel(),
    shared: browser.shared,
    serverNow: Date.now,
    random,
    onSignedIn: async () => {},
    onUserChanged: () => {},
    onUnreachable: () => {},
    onSignedOut: async () => {},
    wipe: async () => {},
  });
  const runtime = await startUserRuntime({
    user: ME,
    store,
    session,
    shared: browser.shared,
    locks: browser.locks,
    tabs: browser.channel(),
    values: browser.values,
    random,
  });
  running = runtime;

  const open = () => {
    store.dispatch(conversationOpened(CONVERSATION));
    store.dispatch(timelineAtEnd({ conversationId: CONVERSATION, atEnd: true }));
    runtime.services.history.open(CONVERSATION);
  };
  const socket = () => sockets.at(-1);
  const isHeard = () => socket()?.readyState === WebSocket.OPEN;
  /** Delivers an event if the tab is there to hear it. */
  const push = (...events: PingMeEvent[]) => {
    if (isHeard()) socket()?.hears(...events);
  };
  const pushMessage = (message: Message) => push({ type: 'message.posted', ...message });
  const pushEdit = ({ messageId, sender, content, edit }: MessageEdit) =>
    push({ type: 'message.edited', conversationId: CONVERSATION, messageId, sender, content, edit });
  /** Stores the log up to `count` posts, with the edits behind them, and reports what is new as the store function does. */
  const storeThrough = (count: number) => {
    const from = service.storedCount;
    const until = Math.max(from, Math.min(count, log.length));
    service.storedCount = until;
    const earlier = new Set(log.slice(0, from).map(({ sender, nonce }) => `${sender} ${nonce}`));
    const kept = log.slice(from, until).filter(({ sender, nonce }) => {
      const key = `${sender} ${nonce}`;
      const isNew = !earlier.has(key);
      earlier.add(key);
      return isNew;
    });
    const [first] = kept;
    const last = kept.at(-1);
    if (first && last) {
      push({
        type: 'conversation.stored',
        conversationId: CONVERSATION,
        first: first.messageId,
        through: last.messageId,
        count: kept.length,
      });
    }
    const reach = idAt(until + 1);
    const news = edits.slice(service.storedEdits).filter((one) => one.edit.editId < reach);
    service.storedEdits += news.length;
    const changed = new Set(news.map(({ messageId }) => messageId));
    const named = firstCopies(log, keptEdits())
      .filter((message) => message.edit !== undefined && changed.has(message.messageId))
      .map((message) => ({ messageId: message.messageId, editId: versionOf(message) }));
    if (named.length > 0) push({ type: 'conversation.edited', conversationId: CONVERSATION, edits: named });
  };
  const shown = () =>
    selectTimeline(store.getState(), CONVERSATION).map((row) =>
      row.kind === 'gap' ? 'gap' : (row.messageId ?? row.state),
    );
  const shownContents = () =>
    selectTimeline(store.getState(), CONVERSATION).map((row) => (row.kind === 'gap' ? 'gap' : row.content));
  return {
    api,
    log,
    edits,
    service,
    sockets,
    store,
    runtime,
    append,
    edit,
    open,
    socket,
    isHeard,
    push,
    pushMessage,
    pushEdit,
    storeThrough,
    shown,
    shownContents,
  };
}
