import { describe, expect, it } from 'vitest';
import { setUpDatabaseRoles } from '../../../lambdas/application/operations/set-up-database-roles.ts';
import { StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';
import { MemoryRoles } from '../../support/doubles/memory-roles.ts';
import { MemorySecrets } from '../../support/doubles/memory-secrets.ts';

const PLAN = { administratorSecret: 'administrator', applicationSecret: 'application', nodeCount: 3 };

function newCluster(): MemoryRoles {
  return new MemoryRoles({ cassandra: 'cassandra' }, ['cassandra']);
}

function run(roles: MemoryRoles, options: { application?: string; tries?: number } = {}): Promise<void> {
  const secrets = new MemorySecrets();
  secrets.put('administrator', JSON.stringify({ username: 'admin', password: 'admin-password' }));
  secrets.put('application', options.application ?? JSON.stringify({ username: 'a', password: 'first' }));
  let tries = options.tries ?? 10;
  return setUpDatabaseRoles(
    {
      secrets,
      roles,
      pause: async () => {
        tries -= 1;
        roles.nodes += 1;
      },
      mayGoOn: () => tries > 0,
    },
    PLAN,
  );
}

describe('setting up the roles', () => {
  it('puts an administrator in the place of the superuser that everybody knows', async () => {
    const roles = newCluster();
    await run(roles);
    expect(roles.passwords).toEqual({ admin: 'admin-password', a: 'first' });
    expect([...roles.superusers]).toEqual(['admin']);
    expect(roles.hasTables).toBe(true);
  });

  it('waits for nodes that are away, and until all of them have joined', async () => {
    const roles = newCluster();
    roles.away = 3;
    roles.nodes = 0;
    await run(roles);
    expect(roles.nodes).toBeGreaterThanOrEqual(3);
    expect(roles.passwords).not.toHaveProperty('cassandra');
  });

  it('goes on when a step in between times out', async () => {
    const roles = newCluster();
    const ensure = roles.ensureTables.bind(roles);
    let timeouts = 2;
    roles.ensureTables = async (as) => {
      timeouts -= 1;
      if (timeouts >= 0) throw new StoreUnavailableError('cassandra', 'timeout');
      await ensure(as);
    };
    await run(roles);
    expect(roles.hasTables).toBe(true);
    expect(roles.passwords).toEqual({ admin: 'admin-password', a: 'first' });
  });

  it('grants again what a try that was cut short may not have granted', async () => {
    const roles = newCluster();
    const put = roles.putApplicationRole.bind(roles);
    let calls = 0;
    roles.putApplicationRole = async (as, credentials) => {
      await put(as, credentials);
      calls += 1;
      if (calls === 1) throw new StoreUnavailableError('cassandra', 'timeout');
    };
    await run(roles);
    expect(calls).toBe(2);
  });

  it('changes nothing when it runs again', async () => {
    const roles = newCluster();
    await run(roles);
    await run(roles);
    expect(roles.passwords).toEqual({ admin: 'admin-password', a: 'first' });
  });

  it('gives a role the password of its secret', async () => {
    const roles = newCluster();
    await run(roles);
    await run(roles, { application: JSON.stringify({ username: 'a', password: 'second' }) });
    expect(roles.passwords.a).toBe('second');
  });

  it('says so when nobody is let in', async () => {
    const roles = new MemoryRoles({ other: 'x' }, ['other']);
    await expect(run(roles)).rejects.toThrow('The Cassandra nodes did not let the administrator in in time.');
  });

  it('names a secret that holds something else, and not what it holds', async () => {
    const refused = run(newCluster(), { application: 'hunter2' });
    await expect(refused).rejects.toThrow(
      'The secret application must hold JSON with username and password.',
    );
    await expect(refused).rejects.not.toThrow('hunter2');
  });
});
