import type { OwnProfile } from '../../../../core/contract/users.ts';
import { Scope } from '../../lib/lifecycle/scope.ts';
import type { LocalValues } from '../../lib/storage/local-values.ts';
import type { SharedSession } from '../../lib/storage/shared-session.ts';
import { openUserDatabase } from '../../lib/storage/user-database.ts';
import type { TabChannel } from '../../lib/tabs/tab-channel.ts';
import type { TabLocks } from '../../lib/tabs/tab-locks.ts';
import type { UserServices } from '../services.ts';
import type { SessionKeeper } from '../session/session-keeper.ts';
import { attentionChanged } from '../state/connection-slice.ts';
import { membersOutdated } from '../state/members-slice.ts';
import { timelinesOutdated, timelinesStale } from '../state/messages-slice.ts';
import type { AppStore } from '../store.ts';
import { watchAttention } from './attention.ts';
import { ConversationList } from './conversation-list.ts';
import { EventApplier } from './event-applier.ts';
import { HistoryReader } from './history-reader.ts';
import { LiveUpdates } from './live-updates.ts';
import { Notifications } from './notifications.ts';
import { OpenTimelines } from './open-timelines.ts';
import { Outbox } from './outbox.ts';
import { OutboxSender } from './outbox-sender.ts';
import { PeopleLoader } from './people-loader.ts';
import { startPolling } from './poller.ts';
import { ReadMarkers } from './read-markers.ts';
import { StateKeeper } from './state-keeper.ts';
import { StoredWatch } from './stored-watch.ts';
import type { UserContext } from './user-context.ts';

/** The live connection usually opens sooner; what is read after it has opened need not be read again. */
const FIRST_READ_WITHIN_MS = 1_000;
/** Looking away and back does not read everything again each time. */
const READ_AGAIN_AFTER_MS = 10_000;

export interface UserRuntimeOptions {
  readonly user: OwnProfile;
  readonly store: AppStore;
  readonly session: SessionKeeper;
  readonly shared: SharedSession;
  readonly locks: TabLocks;
  readonly tabs: TabChannel;
  readonly values: LocalValues;
  readonly random: () => number;
}

export interface UserRuntime {
  readonly services: UserServices;
  /** Ends everything and keeps on disk what is worth it. */
  stop(): Promise<void>;
}

/** Starts everything that runs for a signed-in user. */
export async function startUserRuntime(options: UserRuntimeOptions): Promise<UserRuntime> {
  const { user, store, session, shared, values, locks, tabs, random } = options;
  const scope = new Scope();
  const database = await openUserDatabase(user.userId);
  const context: UserContext = {
    ownId: user.userId,
    store,
    call: session.call,
    database,
    locks,
    tabs,
    scope,
    random,
  };

  const keeper = new StateKeeper(context, values);
  const people = new PeopleLoader(context);
  const outbox = new Outbox(context);
  const list = new ConversationList(context);
  const readMarkers: ReadMarkers = new ReadMarkers(context, () => readOpen());
  const reader = new HistoryReader(context, (messages) => {
    outbox.seen(messages);
    people.ensure(messages.map(({ sender }) => sender));
    readMarkers.readWhatIsShown();
  });
  const timelines = new OpenTimelines(context, reader);
  const storedWatch = new StoredWatch(context, reader, list);
  const live: LiveUpdates = new LiveUpdates(context, {
    session,
    onEvents: (events) => applier.apply(events),
    onOpen: () => {
      store.dispatch(membersOutdated());
      store.dispatch(timelinesOutdated());
      readAgain();
    },
    onHistoryAway: readOpen,
  });
  const sender = new OutboxSender(context, outbox, shared, ({ nonce, conversationId, messageId }) => {
    live.expectEcho(nonce);
    if (messageId !== undefined) storedWatch.expect(conversationId, messageId);
  });
  const notifications = new Notifications(context, () => sender.isLeading);
  const applier = new EventApplier(context, {
    list,
    timelines,
    outbox,
    people,
    readMarkers,
    storedWatch,
    onLiveMessages: (messages) => void notifications.notify(messages),
    onRevoked: (userId) => void session.revoked(userId),
  });

  let readAt = 0;
  /** What was not heard is read: the list, the conversation on the screen, and the others once they are opened. */
  function readAgain(): void {
    readAt = Date.now();
    store.dispatch(timelinesStale());
    void list.refresh();
    readOpen();
    sender.hurry();
  }

  function readOpen(): void {
    const { openId } = store.getState().conversations;
    if (openId !== null) void reader.newest(openId);
  }

  await keeper.start();
  await outbox.load();
  await readMarkers.restore();
  sender.start();
  live.start();
  scope.after(FIRST_READ_WITHIN_MS, () => {
    if (readAt === 0) readAgain();
  });
  startPolling(context, live, reader, list);
  watchAttention(scope, {
    onAttended: (attended) => {
      store.dispatch(attentionChanged(attended));
      notifications.attended(attended);
      readMarkers.readWhatIsShown();
    },
    onReturn: () => {
      void session.refreshIfDue(0);
      live.hurry();
      sender.hurry();
      if (Date.now() - readAt > READ_AGAIN_AFTER_MS) readAgain();
    },
    // A connection does not end by itself when the network goes; asked, it does not answer.
    onOffline: () => live.hurry(),
    onHide: () => void keeper.save(),
  });
  // Coming to the end of a conversation reads it.
  let { atEnd, openId } = store.getState().conversations;
  scope.onEnd(
    store.subscribe(() => {
      const now = store.getState().conversations;
      if (now.atEnd === atEnd && now.openId === openId) return;
      ({ atEnd, openId } = now);
      readMarkers.readWhatIsShown();
    }),
  );

  return {
    services: { list, outbox, history: timelines, people, readMarkers },
    stop: async () => {
      scope.end();
      await keeper.save();
      database.close();
    },
  };
}
