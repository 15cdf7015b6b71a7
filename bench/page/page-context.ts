import type { Browser } from 'playwright-core';
import type { Person } from '../../drills/client/person.ts';
import type { BenchmarkContext } from '../benchmark.ts';
import type { Session } from './visitor.ts';

/** What the three parts of the benchmark are measured on. */
export interface PageContext extends BenchmarkContext {
  readonly browser: Browser;
  readonly reader: Person;
  /** Of the reader. */
  readonly session: Session;
  /** The channel with all the messages. */
  readonly channelName: string;
  readonly channelPath: string;
  /** Where the static pages beside it are. */
  readonly staticOrigin: string;
}
