import type {
  CLOUD_FUNCTIONS,
  FunctionName,
  KEPT_KEYSPACE_FUNCTIONS,
  MSK_FUNCTIONS,
  NodeFunctionName,
} from '../../core/contract/functions.ts';

type DeployedFunctionName =
  | FunctionName
  | NodeFunctionName
  | keyof typeof CLOUD_FUNCTIONS
  | keyof typeof MSK_FUNCTIONS
  | keyof typeof KEPT_KEYSPACE_FUNCTIONS;

/**
 * Kilobytes (1,000 bytes) of minified code that each function may bring, about 12 % above what it brought when this was
 * written: loading a bundle is most of a cold start, and whoever adds a heavy import sees here what it costs. Raise one
 * knowingly, after a look at what is new in the bundle's metafile.
 */
export const BUNDLE_KILOBYTES: Readonly<Record<DeployedFunctionName, number>> = {
  'sign-up': 1_170,
  'sign-in': 1_100,
  'sign-out': 920,
  'refresh-session': 920,
  'read-own-profile': 1_060,
  'update-own-profile': 1_060,
  'change-own-password': 1_490,
  'search-users': 1_060,
  'read-user': 1_060,
  'list-conversations': 1_080,
  'find-channels': 1_050,
  'create-channel': 1_420,
  'list-members': 1_070,
  'join-channel': 1_420,
  'leave-channel': 1_400,
  'open-direct-message': 1_420,
  'post-message': 1_400,
  'read-history': 1_070,
  'move-read-marker': 1_400,
  'read-health': 1_380,
  'route-not-found': 70,
  'authorize-connection': 440,
  connect: 490,
  disconnect: 440,
  'socket-message': 44,
  store: 1_350,
  deliver: 500,
  'set-up-stores': 1_260,
  'sweep-memberships': 1_010,
  'rotate-session-key': 410,
  'find-brokers': 420,
  'set-up-keyspace': 880,
  'issue-certificates': 670,
  'await-cassandra-node': 870,
  'set-up-database-roles': 880,
  'rotate-database-password': 880,
};

/**
 * @param bytes of the minified bundle, without its source map
 * @throws {Error} naming the function, its bytes and its budget where it is above it, or saying that it has none
 */
export function refuseAboveBudget(
  functionName: string,
  bytes: number,
  budgets: Readonly<Record<string, number>> = BUNDLE_KILOBYTES,
): void {
  const kilobytes = budgets[functionName];
  if (kilobytes === undefined) {
    throw new Error(
      `The function ${functionName} has no budget: add one to local/functions/bundle-budgets.ts.`,
    );
  }
  const budget = kilobytes * 1_000;
  if (bytes <= budget) return;
  throw new Error(
    `The bundle of ${functionName} has ${inWords(bytes)} bytes and its budget is ${inWords(budget)}: import less, or raise it in local/functions/bundle-budgets.ts.`,
  );
}

const inWords = (bytes: number) => bytes.toLocaleString('en');
