import { FUNCTIONS, type FunctionName } from '../../../core/contract/functions.ts';

/**
 * Whether a function holds connections to Kafka or Cassandra. Those that do run inside the VPC and in a limited number; all
 * others stay outside: there they reach API Gateway's connections, which nothing inside can.
 */
export function holdsStoreConnections(name: FunctionName): boolean {
  const { cassandra, produces, administersStores } = FUNCTIONS[name].needs;
  return cassandra === true || administersStores === true || (produces !== undefined && produces.length > 0);
}
