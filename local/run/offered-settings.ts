import { tableSetting } from '../../core/contract/dynamodb-tables.ts';
import {
  type DynamoTable,
  FUNCTIONS,
  type FunctionDeclaration,
  type FunctionNeeds,
} from '../../core/contract/functions.ts';

/** Settings that only some functions get, and what a function must need for it. */
const NEEDED_FOR: readonly (readonly [setting: RegExp, isNeeded: (needs: FunctionNeeds) => boolean])[] = [
  [/^CASSANDRA_/, ({ cassandra }) => cassandra === true],
  [/^KAFKA_/, ({ produces = [], administersStores }) => produces.length > 0 || administersStores === true],
  [/^SESSION_KEYS$/, ({ sessionKeys }) => sessionKeys === true],
  [/^CONNECTIONS_ENDPOINT$/, ({ connections }) => connections === true],
];

/**
 * Whether a function gets a setting, by what it is declared to need: as the stacks do it, so that a need that nobody declared
 * is found here and not after a deployment.
 */
export function offersSetting(functionName: string, setting: string): boolean {
  const declaration: FunctionDeclaration | undefined = FUNCTIONS[functionName as keyof typeof FUNCTIONS];
  if (declaration === undefined) return true;
  const { needs } = declaration;
  if (/^TABLE_/.test(setting)) return tablesOf(needs).includes(setting);
  return NEEDED_FOR.every(([pattern, isNeeded]) => !pattern.test(setting) || isNeeded(needs));
}

function tablesOf({ dynamodb = [] }: FunctionNeeds): string[] {
  return dynamodb.map((table: DynamoTable) => tableSetting(table));
}
