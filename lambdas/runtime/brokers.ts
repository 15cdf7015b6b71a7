import { bootstrapBrokersOf } from '../adapters/msk/bootstrap-brokers.ts';
import { mskSettings } from './environment.ts';

/** The addresses of the brokers of the MSK cluster that the settings name, separated by commas. */
export function findBrokers(): Promise<string> {
  const { clusterArn, listener } = mskSettings();
  return bootstrapBrokersOf(clusterArn, listener);
}
