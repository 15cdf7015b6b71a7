import type { AppThunk } from './app-thunk.ts';

/** Sends a message: it is on the screen at once, and kept until it is seen. Resolves when it is safe on disk. */
export function sendMessage(conversationId: string, content: string): AppThunk<Promise<void>> {
  return async (_dispatch, _getState, { user }) => user()?.outbox.send(conversationId, content);
}

/** Tries a waiting message now, or a failed one again. */
export function retryMessage(nonce: string): AppThunk<Promise<void>> {
  return async (_dispatch, _getState, { user }) => user()?.outbox.retry(nonce);
}

/** Lets go of a failed message. */
export function discardMessage(nonce: string): AppThunk<Promise<void>> {
  return async (_dispatch, _getState, { user }) => user()?.outbox.discard(nonce);
}
