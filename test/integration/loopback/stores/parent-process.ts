import { ManagedProcess } from '../../../../local/processes/managed-process.ts';
import { stopOnSignals } from '../../../../local/processes/stop-on-signals.ts';

/** Starts a child, tells its pid, and ends in the way that its arguments say. */
const [folder = '', ending] = process.argv.slice(2);
const child = new ManagedProcess({
  title: 'The child',
  command: process.execPath,
  arguments: ['-e', 'setInterval(() => {}, 1000)'],
  workingDirectory: folder,
  outputFile: `${folder}/output.log`,
  stopMilliseconds: 5_000,
});
stopOnSignals(() => child.stop());
await child.start();
console.log(child.pid);
if (ending === 'exit') process.exit(3);
if (ending === 'throw') throw new Error('uncaught');
