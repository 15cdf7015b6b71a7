import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../../../core/contract/messages.ts';
import { selectRequestedPath } from '../../../../web/src/app/state/connection-selectors.ts';
import { peopleLearned } from '../../../../web/src/app/state/people-slice.ts';
import {
  askForNotifications,
  Notifications,
  notificationState,
} from '../../../../web/src/app/sync/notifications.ts';
import { messageAt } from '../support/messages.ts';
import { ScriptedApi } from '../support/scripted-call.ts';
import { settle } from '../support/settle.ts';
import { Browser, openTab } from '../support/tab.ts';

class FakeNotification extends EventTarget {
  static permission: NotificationPermission = 'granted';
  static answer: NotificationPermission = 'granted';
  static refusing = false;
  static shown: FakeNotification[] = [];
  readonly title: string;
  readonly options: NotificationOptions;
  closed = false;

  static async requestPermission(): Promise<NotificationPermission> {
    FakeNotification.permission = FakeNotification.answer;
    return FakeNotification.permission;
  }

  constructor(title: string, options: NotificationOptions) {
    super();
    if (FakeNotification.refusing) throw new TypeError('Illegal constructor');
    this.title = title;
    this.options = options;
    FakeNotification.shown.push(this);
  }

  close(): void {
    this.closed = true;
  }
}

beforeEach(() => {
  Object.assign(FakeNotification, { permission: 'granted', answer: 'granted', refusing: false, shown: [] });
  vi.stubGlobal('Notification', FakeNotification);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function start({ leading = true, browser = new Browser() } = {}) {
  const { context, store } = await openTab(new ScriptedApi(), browser);
  store.dispatch(peopleLearned([{ userId: 'deanne', firstName: 'Deanne', lastName: 'Kim' }]));
  const notifications = new Notifications(context, () => leading);
  const shownFor = async (...messages: Message[]) => {
    await notifications.notify(messages);
    return FakeNotification.shown.splice(0).map(({ title, options }) => `${title}: ${options.body}`);
  };
  return { context, store, notifications, shownFor };
}

const direct = messageAt(1);
const SHOWN = ['Deanne Kim: message deanne nonce-1'];

describe('a notification', () => {
  it('tells of a direct message from somebody else, and of nothing else', async () => {
    const { shownFor } = await start();
    const inChannel = { ...messageAt(2), conversationId: 'channel:00000000-0000-4000-8000-000000000002' };
    expect(await shownFor(inChannel, messageAt(3, 'me'), direct)).toEqual(SHOWN);
    expect(await shownFor(inChannel, messageAt(3, 'me'))).toEqual([]);
  });

  it('of a message that comes twice takes the place of the first', async () => {
    const { notifications } = await start();
    await notifications.notify([direct, messageAt(2)]);
    await notifications.notify([direct]);
    const tags = FakeNotification.shown.map(({ options }) => options.tag);
    expect(tags[2]).toBe(tags[0]);
    expect(tags[1]).not.toBe(tags[0]);
  });

  it.each(['default', 'denied'] as const)('is not made while permission is %s', async (permission) => {
    const { shownFor } = await start();
    FakeNotification.permission = permission;
    expect(await shownFor(direct)).toEqual([]);
  });

  it('is made by the one tab that leads', async () => {
    const { shownFor } = await start({ leading: false });
    expect(await shownFor(direct)).toEqual([]);
  });

  it('is not made while somebody looks at this tab or another one, and is again once nobody does', async () => {
    const browser = new Browser();
    const one = await start({ browser });
    const other = await start({ browser });
    for (const { notifications } of [one, other]) {
      notifications.attended(true);
      expect(await one.shownFor(direct)).toEqual([]);
      notifications.attended(false);
      await settle();
      expect(await one.shownFor(direct)).toEqual(SHOWN);
    }
    other.notifications.attended(true);
    other.context.scope.end();
    await settle();
    expect(await one.shownFor(direct)).toEqual(SHOWN);
  });

  it('leads to the conversation', async () => {
    const { notifications, store } = await start();
    const focus = vi.spyOn(window, 'focus').mockImplementation(() => {});
    await notifications.notify([direct]);
    const [notification] = FakeNotification.shown;
    notification?.dispatchEvent(new Event('click'));
    expect(focus).toHaveBeenCalled();
    expect(notification?.closed).toBe(true);
    expect(selectRequestedPath(store.getState())).toBe('/messages/deanne');
  });

  it('that the browser refuses to make this way is left out', async () => {
    const { shownFor } = await start();
    FakeNotification.refusing = true;
    expect(await shownFor(direct)).toEqual([]);
  });
});

describe('permission', () => {
  it('is asked of the browser when the user wants it, and what it answers is known', async () => {
    const { store } = await start();
    Object.assign(FakeNotification, { permission: 'default', answer: 'denied' });
    expect(notificationState()).toBe('default');
    await askForNotifications(store);
    expect(store.getState().preferences.notifications).toBe('denied');
  });
});
