import { OperatorError } from '../processes/operator-error.ts';
import { stopOnSignals } from '../processes/stop-on-signals.ts';
import { buildAllFunctions } from '../run/build-all-functions.ts';
import { buildPage } from '../run/build-page.ts';
import { startPingMe } from '../run/ping-me.ts';
import { isPortFree } from '../stores/ports.ts';
import { startStores } from '../stores/start-stores.ts';
import { runCommand } from './run-command.ts';
import { parseStartCommand, type StartCommand } from './start-command.ts';
import { StartReport } from './start-report.ts';

const GATEWAY_ENDED =
  'The gateway ended unexpectedly; the reason is in its log. Start it again with "npm run node -- start gateway".';

await runCommand(async (commandArguments) => {
  const command = parseStartCommand(commandArguments, process.env);
  await assertPortFree(command.port);
  await start(command, new StartReport(process.stdout));
});

async function assertPortFree(port: number): Promise<void> {
  if (await isPortFree('127.0.0.1', port)) return;
  throw new OperatorError(
    `Port ${port} is taken: stop what listens there, or choose another one with "npm start -- --port <number>".`,
  );
}

async function start(command: StartCommand, report: StartReport): Promise<void> {
  const ending = new AbortController();
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    ending.abort(new OperatorError('The start was stopped.'));
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  let starting: Promise<void> = Promise.resolve();
  let isAsked = false;
  stopOnSignals(async () => {
    isAsked = true;
    report.say('Stopping; once more Ctrl-C ends everything at once.');
    ending.abort(new OperatorError('The start was stopped.'));
    await starting.catch(() => undefined);
    await stop();
    report.end();
  });
  starting = startAll(command, report, ending, undo);
  try {
    await starting;
  } catch (error) {
    // Whoever asked for the stop waits for it elsewhere, and wants to hear of nothing else.
    if (isAsked) return;
    await stop();
    report.end();
    throw error;
  }
}

async function startAll(
  command: StartCommand,
  report: StartReport,
  ending: AbortController,
  undo: (() => Promise<void>)[],
): Promise<void> {
  const { signal } = ending;
  const { dataDirectory, small, likeLambda, port } = command;
  const [stores, functions] = await together(ending, [
    async () => {
      const started = await startStores({
        dataDirectory,
        small,
        signal,
        stopOnSignals: false,
        onProgress: report.stores,
      });
      undo.push(() => started.stop());
      return started;
    },
    () =>
      report.step('functions', buildAllFunctions, ({ built }) =>
        built.length === 0 ? 'unchanged' : `${built.length} bundled`,
      ),
    () =>
      report.step(
        'page',
        () => buildPage(signal),
        (isNew) => (isNew ? 'built' : 'unchanged'),
      ),
  ]);
  const pingMe = await startPingMe({
    stores,
    dataDirectory,
    port,
    likeLambda,
    functions,
    signal,
    onStep: (step, seconds) => report.ended(step, seconds),
    onUnexpectedEnd: () => report.say(GATEWAY_ENDED),
  });
  undo.push(() => pingMe.stop());
  for (const part of pingMe.parts) stores.nodes.register(part);
  report.say(
    [
      '',
      report.summary(),
      `What the functions log is in ${pingMe.logFile}.`,
      'Stop it with Ctrl-C; try "npm run node -- status" and "npm run node -- kill cassandra 2" in another terminal.',
      `Ping Me is ready: ${pingMe.url}/login`,
    ].join('\n'),
  );
}

/** Runs all at once; when one fails the others are told to end, and are waited for. */
async function together<Values extends readonly unknown[]>(
  ending: AbortController,
  runs: { [Index in keyof Values]: () => Promise<Values[Index]> },
): Promise<Values> {
  const running = runs.map((run) => run());
  try {
    return (await Promise.all(running)) as unknown as Values;
  } catch (error) {
    ending.abort(error);
    await Promise.allSettled(running);
    throw error;
  }
}
