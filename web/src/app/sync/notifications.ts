import type { Message } from '../../../../core/contract/messages.ts';
import { addressOf } from '../../../../core/domain/conversation.ts';
import { pathRequested } from '../state/connection-slice.ts';
import { selectDisplayName } from '../state/people-selectors.ts';
import { type NotificationState, notificationPermissionLearned } from '../state/preferences-slice.ts';
import type { AppStore } from '../store.ts';
import type { UserContext } from './user-context.ts';

/** Held, shared, by every tab that somebody looks at. */
const ATTENDED_LOCK = 'ping-me.attended';

export function notificationState(): NotificationState {
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

export async function askForNotifications(store: AppStore): Promise<void> {
  if ('Notification' in window) await Notification.requestPermission();
  store.dispatch(notificationPermissionLearned(notificationState()));
}

/** Notifies of direct messages while nobody looks at any tab: one notification, from one tab. */
export class Notifications {
  readonly #context: UserContext;
  #release: (() => void) | null = null;

  constructor(context: UserContext) {
    this.#context = context;
    context.scope.onEnd(() => this.#release?.());
  }

  /** This tab is looked at, or no longer. */
  attended(attended: boolean): void {
    this.#release?.();
    this.#release = null;
    if (!attended || this.#context.scope.ended) return;
    const looking = new Promise<void>((resolve) => {
      this.#release = resolve;
    });
    void this.#context.locks.run(ATTENDED_LOCK, 'shared', () => looking);
  }

  notify(messages: readonly Message[]): void {
    if (notificationState() !== 'granted') return;
    for (const message of messages) {
      const isDirect = addressOf(message.conversationId)?.kind === 'direct';
      if (isDirect && message.sender !== this.#context.ownId) void this.#notifyOf(message);
    }
  }

  async #notifyOf(message: Message): Promise<void> {
    const { locks, store, scope } = this.#context;
    const once = `ping-me.notify.${message.messageId}`;
    if ((await locks.isHeld(ATTENDED_LOCK)) || (await locks.isHeld(once)) || scope.ended) return;
    await locks.run(once, 'exclusive', async () => {
      // Tabs that still pass the question above at the same moment replace each other's by the same tag.
      const notification = new Notification(selectDisplayName(store.getState(), message.sender), {
        body: message.content,
        tag: message.messageId,
      });
      notification.addEventListener('click', () => {
        window.focus();
        notification.close();
        store.dispatch(pathRequested(`/messages/${message.sender}`));
      });
      await scope.pause(5_000);
    });
  }
}
