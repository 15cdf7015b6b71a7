import { tableSetting } from '../../../core/contract/dynamodb-tables.ts';
import { EVENT_SOURCES } from '../../../core/contract/event-sources.ts';
import { FUNCTIONS, type FunctionName, SOCKET_ROUTES } from '../../../core/contract/functions.ts';
import { ROUTE_NAMES } from '../../../core/contract/routes.ts';
import type { Database } from '../database/database.ts';
import type { MessageLog } from '../message-log/message-log.ts';
import type { State } from '../state/state.ts';

export interface FunctionSurroundings {
  readonly log: MessageLog;
  readonly database: Database;
  readonly state: State;
  /** Where `@connections` is. */
  readonly connectionsEndpoint: string;
}

const SERVED_BY_HTTP: ReadonlySet<FunctionName> = new Set([...ROUTE_NAMES, 'route-not-found']);
const READS_THE_LOG: ReadonlySet<FunctionName> = new Set(EVENT_SOURCES.map((source) => source.function));

/** Whether a function refuses what got past CloudFront. */
export function checksOrigin(name: FunctionName): boolean {
  return SERVED_BY_HTTP.has(name) || name === SOCKET_ROUTES.$connect.authorizer;
}

/** The settings of a function, by the names that the functions' runtime gives them: those it needs, and no others. */
export function functionSettings(
  name: FunctionName,
  { log, database, state, connectionsEndpoint }: FunctionSurroundings,
): Record<string, string> {
  const { needs } = FUNCTIONS[name];
  const reachesKafka = needs.administersStores === true || (needs.produces?.length ?? 0) > 0;
  return {
    ...(reachesKafka ? log.connectionSettings : {}),
    ...(reachesKafka || READS_THE_LOG.has(name) ? log.topicSettings : {}),
    ...(needs.administersStores ? log.setUpSettings : {}),
    ...(needs.cassandra ? database.settings : {}),
    ...Object.fromEntries(
      (needs.dynamodb ?? []).map((table) => [tableSetting(table), state.tables[table].tableName]),
    ),
    ...(checksOrigin(name) ? { ORIGIN_SECRET: `secret:${state.originSecret.secretArn}` } : {}),
    ...(needs.sessionKeys ? { SESSION_KEYS: `secret:${state.sessionKeys.secretArn}` } : {}),
    ...(needs.connections ? { CONNECTIONS_ENDPOINT: connectionsEndpoint } : {}),
  };
}
