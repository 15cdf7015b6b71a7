import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStores } from '../../../local/stores/start-stores.ts';
import type { StoreAddresses } from '../../../local/stores/stores.ts';
import { keep } from './keep.ts';
import { printStoreProgress } from './store-progress.ts';

/** The stores of a test run, in a data directory of their own that goes when they go. */
await keep<StoreAddresses>(async (signal) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'ping-me-test-'));
  const removeData = () => rm(dataDirectory, { recursive: true, force: true });
  try {
    const {
      nodes: _nodes,
      stop,
      ...facts
    } = await startStores({
      dataDirectory,
      small: false,
      signal,
      onProgress: printStoreProgress,
    });
    return { facts, stop: () => stop().finally(removeData) };
  } catch (error) {
    await removeData();
    throw error;
  }
});
