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

/** Notifies of direct messages while nobody looks at any tab, from the one tab that leads. */
export class Notifications {
  readonly #context: UserContext;
  readonly #isLeading: () => boolean;
  #release: (() => void) | null = null;

  constructor(context: UserContext, isLeading: () => boolean) {
    this.#context = context;
    this.#isLeading = isLeading;
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

  async notify(messages: readonly Message[]): Promise<void> {
    const { locks, ownId, scope } = this.#context;
    if (notificationState() !== 'granted' || !this.#isLeading()) return;
    const direct = messages.filter(
      ({ conversationId, sender }) => sender !== ownId && addressOf(conversationId)?.kind === 'direct',
    );
    if (direct.length === 0 || (await locks.isHeld(ATTENDED_LOCK)) || scope.ended) return;
    for (const message of direct) this.#show(message);
  }

  #show(message: Message): void {
    const { store } = this.#context;
    const notification = makeNotification(selectDisplayName(store.getState(), message.sender), {
      body: message.content,
      // A message that comes twice shows once.
      tag: `${message.conversationId} ${message.sender} ${message.nonce}`,
    });
    if (!notification) return;
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
      store.dispatch(pathRequested(`/messages/${message.sender}`));
    });
  }
}

/** Chrome on Android has notifications and lets only service workers make them: undefined there. */
function makeNotification(title: string, options: NotificationOptions): Notification | undefined {
  try {
    return new Notification(title, options);
  } catch {
    return undefined;
  }
}
