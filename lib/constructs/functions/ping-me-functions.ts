import { Construct } from 'constructs';
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from '../../../core/contract/functions.ts';
import type { Config } from '../../config.ts';
import type { Sizes } from '../../sizes.ts';
import type { FunctionNetwork } from './function-network.ts';
import { holdsStoreConnections } from './function-placement.ts';
import { type FunctionSurroundings, functionSettings } from './function-settings.ts';
import { grantNeeds } from './grant-needs.ts';
import { PingMeFunction } from './ping-me-function.ts';
import { reservedConcurrencyOf } from './reserved-concurrency.ts';

export interface PingMeFunctionsProps {
  readonly surroundings: FunctionSurroundings;
  readonly network: FunctionNetwork | undefined;
  readonly config: Config;
  readonly sizes: Sizes;
}

/** Every declared function, one Lambda function each. */
export class PingMeFunctions extends Construct {
  readonly byName: Readonly<Record<FunctionName, PingMeFunction>>;

  constructor(scope: Construct, id: string, { surroundings, network, config, sizes }: PingMeFunctionsProps) {
    super(scope, id);
    this.byName = Object.fromEntries(
      FUNCTION_NAMES.map((name) => {
        const created = new PingMeFunction(this, name, {
          name,
          declaration: FUNCTIONS[name],
          settings: functionSettings(name, surroundings),
          logRetention: sizes.logRetention,
          network: holdsStoreConnections(name) ? network : undefined,
          reservedConcurrency: config.reservedConcurrency ? reservedConcurrencyOf(name) : undefined,
        });
        grantNeeds(name, created, surroundings);
        return [name, created];
      }),
    ) as Record<FunctionName, PingMeFunction>;
  }
}
