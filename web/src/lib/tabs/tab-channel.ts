import type { OutboxEntry } from '../timeline/outbox-entry.ts';

/**
 * What leaves the browser when a session ends: `nothing`; what was `cached`, while what the user wrote and did not send
 * stays; or `everything`.
 */
export type Wiped = 'nothing' | 'cached' | 'everything';

/** What the tabs of one browser tell each other. It never leaves the browser. */
export type TabMessage =
  | { readonly type: 'signed-in'; readonly userId: string }
  | { readonly type: 'signed-out'; readonly userId: string; readonly wiped: Wiped }
  | { readonly type: 'session-refreshed'; readonly userId: string; readonly sessionExpiresAt: string }
  | { readonly type: 'outbox-changed'; readonly userId: string; readonly entry: OutboxEntry }
  | { readonly type: 'outbox-removed'; readonly userId: string; readonly nonces: readonly string[] }
  | { readonly type: 'outbox-retry'; readonly userId: string; readonly nonce: string };

export interface TabChannel {
  post(message: TabMessage): void;
  /** Hears what other tabs post, never one's own; gives what ends it. */
  listen(listener: (message: TabMessage) => void): () => void;
}

export function openTabChannel(name: string): TabChannel {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      const heard = (event: MessageEvent<TabMessage>) => listener(event.data);
      channel.addEventListener('message', heard);
      return () => channel.removeEventListener('message', heard);
    },
  };
}
