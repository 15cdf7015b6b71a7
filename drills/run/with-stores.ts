import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartReport } from '../../local/cli/start-report.ts';
import { OperatorError } from '../../local/processes/operator-error.ts';
import { stopOnSignals } from '../../local/processes/stop-on-signals.ts';
import { startStores } from '../../local/stores/start-stores.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import { makeMemoryDirectory } from './memory-directory.ts';

/** Starts stores in a folder of their own, and takes both away again, also when the person presses Ctrl-C. */
export async function withStores<Value>(use: (stores: StoreAddresses) => Promise<Value>): Promise<Value> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'ping-me-stores-'));
  const memory = await makeMemoryDirectory();
  const report = new StartReport(process.stdout);
  const ending = new AbortController();
  let stop = async () => {
    await rm(dataDirectory, { recursive: true, force: true });
    await memory.remove();
  };
  const removeHandlers = stopOnSignals(async () => {
    ending.abort(new OperatorError('The run was stopped.'));
    await stop();
  });
  try {
    const stores = await startStores({
      dataDirectory,
      dynamodb: { dataDirectory: memory.path },
      small: false,
      stopOnSignals: false,
      signal: ending.signal,
      onProgress: report.stores,
    });
    const removeData = stop;
    stop = async () => {
      await stores.stop();
      await removeData();
    };
    report.end();
    return await use(stores);
  } finally {
    report.end();
    await stop();
    removeHandlers();
  }
}
