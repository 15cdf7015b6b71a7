import { FUNCTIONS, type FunctionName } from '../../../core/contract/functions.ts';
import { TOPICS } from '../../../core/contract/topics.ts';
import { holdsStoreConnections } from './function-placement.ts';

/** Brokers with IAM take a limited number of new connections a second, and every instance opens its own. */
const OF_A_ROUTE = 20;
const OF_POSTING = 100;

/**
 * How many instances of a function may run at once: those with store connections are held back, so that a burst of
 * requests is throttled by Lambda and not by the brokers or nodes. Undefined: as many as the account has.
 */
export function reservedConcurrencyOf(name: FunctionName): number | undefined {
  if (!holdsStoreConnections(name)) return undefined;
  if (name === 'post-message') return OF_POSTING;
  // A partition's batches come one after another.
  if (name === 'store') return TOPICS.messages.partitions.cloud;
  if (FUNCTIONS[name].needs.administersStores || name === 'sweep-memberships') return 1;
  return OF_A_ROUTE;
}
