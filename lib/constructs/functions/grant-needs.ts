import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FUNCTIONS, type FunctionName } from '../../../core/contract/functions.ts';
import { checksOrigin, type FunctionSurroundings } from './function-settings.ts';

/** Grants a function what its declaration says it needs. Connections are granted by the API that has them. */
export function grantNeeds(
  name: FunctionName,
  target: LambdaFunction,
  { log, database, state }: FunctionSurroundings,
): void {
  const { needs } = FUNCTIONS[name];
  for (const topic of needs.produces ?? []) log.grantProduce(topic, target);
  if (needs.administersStores) log.grantSetUp(target);
  if (needs.cassandra) database.grantAccess(target);
  for (const table of needs.dynamodb ?? []) state.grantTable(table, target);
  if (checksOrigin(name)) state.originSecret.grantRead(target);
  if (needs.sessionKeys) state.sessionKeys.grantRead(target);
}
