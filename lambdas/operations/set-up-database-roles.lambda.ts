import type { Context } from 'aws-lambda';
import { setUpDatabaseRoles } from '../application/operations/set-up-database-roles.ts';
import { databaseRoles, pause } from '../runtime/database-roles.ts';
import { cassandraSettings, databaseRoleSettings } from '../runtime/environment.ts';
import { secretsManager } from '../runtime/secrets-manager.ts';

/** A statement under way may take a minute. */
const MARGIN_MS = 90_000;

/** Runs at each deployment, before the tables are made; waits for the nodes. Safe to run again. */
export async function handler(_event: unknown, context: Context): Promise<{ readonly done: true }> {
  await setUpDatabaseRoles(
    {
      secrets: secretsManager(),
      roles: databaseRoles(),
      pause,
      mayGoOn: () => context.getRemainingTimeInMillis() > MARGIN_MS,
    },
    { ...databaseRoleSettings(), nodeCount: cassandraSettings().contactPoints.length },
  );
  return { done: true };
}
