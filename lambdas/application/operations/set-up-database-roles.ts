import type { Credentials } from '../ports/credentials.ts';
import type { DatabaseRoles } from '../ports/database-roles.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import { StoreUnavailableError } from '../ports/store-errors.ts';
import { databaseCredentialsOf } from './database-credentials.ts';

/** Who can log in to a new cluster, as everybody knows. */
const FIRST_SUPERUSER: Credentials = { username: 'cassandra', password: 'cassandra' };

export interface RoleSetUpServices {
  readonly secrets: SecretStore;
  readonly roles: DatabaseRoles;
  /** Waits before the nodes are asked again. */
  readonly pause: () => Promise<void>;
  /** False once the time is nearly over. */
  readonly mayGoOn: () => boolean;
}

export interface RoleSetUpPlan {
  readonly administratorSecret: string;
  readonly applicationSecret: string;
  /** All of them must have joined before roles are made: those that were never there get no hints. */
  readonly nodeCount: number;
}

/**
 * Replaces the superuser that every new cluster has by one with a password of its own, and makes keyspace, tables and role
 * of the functions. Waits for the nodes. Safe to run again: what is there stays, a role with another password gets the secret's.
 *
 * @throws {Error} one sentence, when the nodes did not come or let nobody in
 */
export async function setUpDatabaseRoles(services: RoleSetUpServices, plan: RoleSetUpPlan): Promise<void> {
  const { secrets, roles } = services;
  const administrator = databaseCredentialsOf(
    plan.administratorSecret,
    await secrets.read(plan.administratorSecret),
  );
  const application = databaseCredentialsOf(
    plan.applicationSecret,
    await secrets.read(plan.applicationSecret),
  );
  await until(services, 'let the administrator in', () => letsIn(roles, administrator));
  await until(
    services,
    `be ${plan.nodeCount}`,
    async () => (await roles.countNodes(administrator)) >= plan.nodeCount,
  );
  // Each may time out on nodes that have only just come, and may be done again.
  await until(services, 'take tables and roles', async () => {
    await roles.drop(administrator, FIRST_SUPERUSER.username);
    await roles.ensureTables(administrator);
    // Also where it lets in already: a try that was cut short may have made the role and granted it nothing.
    await roles.putApplicationRole(administrator, application);
    return true;
  });
}

async function letsIn(roles: DatabaseRoles, administrator: Credentials): Promise<boolean> {
  if (await roles.accepts(administrator)) return true;
  if (await roles.accepts(FIRST_SUPERUSER)) await roles.putSuperuser(FIRST_SUPERUSER, administrator);
  return roles.accepts(administrator);
}

/** @param what ends the sentence "The Cassandra nodes did not …" */
async function until(
  { pause, mayGoOn }: RoleSetUpServices,
  what: string,
  condition: () => Promise<boolean>,
): Promise<void> {
  let cause: unknown;
  while (mayGoOn()) {
    try {
      if (await condition()) return;
      cause = undefined;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      cause = error;
    }
    await pause();
  }
  throw new Error(`The Cassandra nodes did not ${what} in time.`, { cause });
}
