import { join } from 'node:path';
import { runCommand } from '../../local/cli/run-command.ts';
import { StartReport } from '../../local/cli/start-report.ts';
import { OperatorError } from '../../local/processes/operator-error.ts';
import { stopOnSignals } from '../../local/processes/stop-on-signals.ts';
import { defaultDataDirectory } from '../../local/stores/default-data-directory.ts';
import { startStores } from '../../local/stores/start-stores.ts';
import { deployToEmulator, destroyStacks, type EmulatorRun } from '../deploy-to-emulator.ts';
import { findEmulator } from '../emulator.ts';

/** Beside the data of `npm start`, which it leaves alone. */
const DATA_DIRECTORY = join(defaultDataDirectory(false), '../emulator');
const PORT = 3001;

await runCommand(async ([action = 'deploy', ...surplus]) => {
  if (surplus.length > 0 || (action !== 'deploy' && action !== 'destroy')) {
    throw new OperatorError(
      '"npm run deploy:local" deploys; "npm run deploy:local -- destroy" takes it all down again.',
    );
  }
  const emulator = await findEmulator(process.env);
  const ending = new AbortController();
  const report = new StartReport(process.stdout);
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    ending.abort(new OperatorError('The deployment was stopped.'));
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
    report.end();
  };
  stopOnSignals(stop);
  try {
    const stores = await startStores({
      dataDirectory: DATA_DIRECTORY,
      small: false,
      signal: ending.signal,
      stopOnSignals: false,
      onProgress: report.stores,
    });
    undo.push(() => stores.stop());
    const run: EmulatorRun = {
      emulator,
      stores,
      names: { topicPrefix: '', keyspace: 'ping_me' },
      workDirectory: join(DATA_DIRECTORY, 'deployment'),
      signal: ending.signal,
      say: (line) => report.say(line),
    };
    if (action === 'destroy') {
      await destroyStacks(run);
      await stop();
      return;
    }
    const deployment = await deployToEmulator({ ...run, port: PORT });
    undo.push(() => deployment.stop());
    report.say(
      [
        '',
        'Everything is deployed. Ctrl-C ends stores, pollers and the edge; what is deployed stays in the emulator.',
        `Ping Me is ready: ${deployment.url}/login`,
      ].join('\n'),
    );
  } catch (error) {
    if (ending.signal.aborted) return;
    await stop();
    throw error;
  }
});
