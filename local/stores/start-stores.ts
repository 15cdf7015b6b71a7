import { OperatorError } from '../processes/operator-error.ts';
import { stopOnSignals } from '../processes/stop-on-signals.ts';
import type { RunningStores, StartStoresOptions } from './stores.ts';
import { StoresRun } from './stores-run.ts';

/**
 * Starts the stores and resolves once all of them serve. Whatever goes wrong on the way, and whenever this process is asked to
 * end, every child is stopped again.
 *
 * @throws OperatorError with a sentence for the person at the terminal: Java or Maven missing, folder in use, port taken, a
 *   store that does not come up
 */
export async function startStores(options: StartStoresOptions): Promise<RunningStores> {
  const run = new StoresRun(options);
  const removeHandlers =
    options.stopOnSignals === false
      ? () => undefined
      : stopOnSignals((signal) => run.stop(`received ${signal}`));
  const stop = async (reason: string) => {
    await run.stop(reason);
    removeHandlers();
  };
  const abort = () => void run.stop('start-up was aborted');
  options.signal?.addEventListener('abort', abort);
  try {
    options.signal?.throwIfAborted();
    const addresses = await run.start();
    return { ...addresses, nodes: run.nodes, stop: () => stop('the run was stopped') };
  } catch (error) {
    await stop('start-up failed');
    options.signal?.throwIfAborted();
    throw error instanceof OperatorError
      ? error
      : new Error('the stores could not be started', { cause: error });
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
}
