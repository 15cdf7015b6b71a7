import type { DataDirectory } from './data-directory.ts';
import type { StorePorts } from './ports.ts';

/** What every store needs to make its nodes. */
export interface StoreContext {
  directory: DataDirectory;
  ports: StorePorts;
  javaCommand: string;
  /** The folder with this store's jars. */
  jars: string;
  /** Aborted when the run ends: nothing is started from then on. */
  signal: AbortSignal;
  /** To be called whenever a process has started or ended. */
  onChange(): void;
}
