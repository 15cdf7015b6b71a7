import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `stop` once when the person presses Ctrl-C, the terminal closes or the process is asked to end, then exits with the
 * status that shells expect (128 + signal number). A second signal exits at once.
 *
 * @returns a function that takes the handlers away again
 */
export function stopOnSignals(stop: (signal: NodeJS.Signals) => Promise<void>): () => void {
  let stopping = false;
  const handle = (signal: NodeJS.Signals) => {
    const status = 128 + constants.signals[signal];
    if (stopping) process.exit(status);
    stopping = true;
    stop(signal).then(
      () => process.exit(status),
      (error: unknown) => {
        console.error(error);
        process.exit(status);
      },
    );
  };
  for (const signal of SIGNALS) process.on(signal, handle);
  return () => {
    for (const signal of SIGNALS) process.off(signal, handle);
  };
}
