import { errorSentence } from './error-sentence.ts';

/** What a keeper hands to the process that asked for it: plain JSON about what runs, and how to end it. */
export interface Kept<Facts> {
  readonly facts: Facts;
  readonly stop: () => Promise<void>;
}

/** From the keeper to the process that asked for it. */
export type KeeperMessage<Facts> =
  | { readonly kind: 'ready'; readonly facts: Facts }
  | { readonly kind: 'failed'; readonly sentence: string };

/**
 * The main function of a keeper: a process of its own that starts something, tells its addresses, and stops it as soon as
 * the channel to its owner closes. The channel closes whatever way the owner ends: done, Ctrl-C, crashed or killed.
 *
 * @param start starts the thing; must give up when the signal aborts, leaving nothing behind
 */
export async function keep<Facts>(start: (signal: AbortSignal) => Promise<Kept<Facts>>): Promise<void> {
  const ended = new AbortController();
  process.once('disconnect', () => ended.abort(new Error('The tests ended.')));
  try {
    const kept = await start(ended.signal);
    await tell({ kind: 'ready', facts: kept.facts });
    if (!ended.signal.aborted) {
      await new Promise((resolve) => ended.signal.addEventListener('abort', resolve, { once: true }));
    }
    await kept.stop();
    process.exit(0);
  } catch (error) {
    await tell({ kind: 'failed', sentence: errorSentence(error) });
    process.exit(1);
  }
}

/** Resolves also where nobody listens any more: then the keeper is about to end anyway. */
function tell(message: KeeperMessage<unknown>): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) return resolve();
    process.send(message, undefined, undefined, () => resolve());
  });
}
