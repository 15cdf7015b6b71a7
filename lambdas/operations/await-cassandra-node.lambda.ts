import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { awaitNodes } from '../application/operations/await-nodes.ts';
import { databaseNodes, pauseBetweenAnswers } from '../runtime/database-nodes.ts';
import { cassandraSettings } from '../runtime/environment.ts';

/** Asking all nodes once may take half of it. */
const MARGIN_MS = 45_000;

/**
 * Called for each `Custom::PingMeNodesReady`: at the first deployment, and before a node is changed. Its properties are lists of
 * addresses, `nodes` and `nodesAtCreation`: a cluster that is being made has only the nodes before, and no roles yet.
 */
export async function handler(event: CloudFormationCustomResourceEvent, context: Context): Promise<object> {
  if (event.RequestType === 'Delete') return {};
  const isNew = event.RequestType === 'Create';
  await awaitNodes(
    {
      nodes: databaseNodes(),
      pause: pauseBetweenAnswers,
      mayGoOn: () => context.getRemainingTimeInMillis() > MARGIN_MS,
    },
    {
      awaited: addressesIn(event.ResourceProperties, isNew ? 'nodesAtCreation' : 'nodes'),
      all: cassandraSettings().contactPoints,
      hasRoles: !isNew,
    },
  );
  return {};
}

function addressesIn(properties: Readonly<Record<string, unknown>>, name: string): readonly string[] {
  const value = properties[name];
  if (!Array.isArray(value) || !value.every((item): item is string => typeof item === 'string')) {
    throw new Error(`The property ${name} must be a list of addresses.`);
  }
  return value;
}
