import { findBrokers } from '../runtime/brokers.ts';

/** Runs at each deployment that has another cluster; CloudFormation keeps what it answers as the resource's attributes. */
export async function handler(): Promise<{ readonly Data: { readonly addresses: string } }> {
  return { Data: { addresses: await findBrokers() } };
}
