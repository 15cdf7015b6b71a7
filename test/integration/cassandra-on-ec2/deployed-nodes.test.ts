import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import cassandra, { auth } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { Cassandra } from '../../../lambdas/adapters/cassandra/cassandra.ts';
import { setUpSchema } from '../../../lambdas/adapters/cassandra/set-up-schema.ts';
import { X509CertificateIssuer } from '../../../lambdas/adapters/pki/x509-certificate-issuer.ts';
import { rotatePassword } from '../../../lambdas/application/operations/rotate-password.ts';
import type { RotationRequest } from '../../../lambdas/application/operations/rotation.ts';
import type { Credentials } from '../../../lambdas/application/ports/credentials.ts';
import type { MemorySecrets } from '../../support/doubles/memory-secrets.ts';
import { connect } from './clients.ts';
import { CLUSTER, DeployedCluster, membershipOf } from './deployed-cluster.ts';
import { awaitUp, bootOneByOne, nodesOf } from './node-waits.ts';
import {
  ADMINISTRATOR,
  connectionTo,
  createSecrets,
  issueCertificates,
  rolesOf,
  setUpRoles,
  USERNAMES,
} from './set-up-cluster.ts';

const STARTS_MILLISECONDS = 400_000;
const DAY_MS = 86_400_000;

const folder = mkdtempSync(join(tmpdir(), 'ping-me-test-'));
let cluster: DeployedCluster;
let secrets: MemorySecrets;

beforeAll(async () => {
  cluster = await DeployedCluster.create(folder);
  secrets = createSecrets(cluster);
  await issueCertificates(cluster, secrets);
  await bootOneByOne(cluster, secrets);
  await setUpRoles(cluster, secrets);
  // As set-up-stores does, which finds everything made.
  const own = connectionAs(await application());
  await waitFor('the set-up to find everything', async () => {
    await setUpSchema(own, { keyspace: CLUSTER.keyspace, replicationFactor: 3 });
    return true;
  });
  await Promise.all([1, 2, 3].map((number) => cluster.script(number, 'mark-joined')));
}, STARTS_MILLISECONDS);

afterAll(async () => {
  await cluster?.end();
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

function connectionAs({ username, password }: Credentials, ca?: string) {
  const options = connectionTo(cluster);
  return {
    ...options,
    security: async () => ({
      ...(await options.security?.()),
      ...(ca === undefined ? {} : { sslOptions: { rejectUnauthorized: true, ca: [ca] } }),
      authProvider: new auth.PlainTextAuthProvider(username, password),
    }),
  };
}

async function application(): Promise<Credentials> {
  return JSON.parse((await secrets.read('application')) ?? '');
}

/** The functions' own adapter, logged in as somebody. */
function adapter(credentials: Credentials, ca?: string): Cassandra {
  const made = new Cassandra({ ...connectionAs(credentials, ca), keyspace: CLUSTER.keyspace });
  onTestFinished(() => made.close());
  return made;
}

const INSERT = 'INSERT INTO conversation_heads (conversation_id, message) VALUES (?, ?)';
const SELECT_ALL = 'SELECT conversation_id FROM conversation_heads';
const SELECT_ONE = `${SELECT_ALL} WHERE conversation_id = ?`;

async function write(client: Cassandra, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => `channel:${randomUUID()}`);
  for (const id of ids) await client.execute(INSERT, [id, '{}']);
  return ids;
}

/** What one node holds, as far as it answers itself: nearest replica first, and one is enough. */
async function heldBy(number: number): Promise<string[]> {
  const client = await connect(
    cluster,
    {
      credentials: ADMINISTRATOR,
      sslOptions: { rejectUnauthorized: true, ca: [readFileSync(cluster.trustedCertificates(1))] },
    },
    number,
  );
  const { rows } = await client.execute(
    `SELECT conversation_id FROM ${CLUSTER.keyspace}.conversation_heads`,
    [],
    {
      consistency: cassandra.types.consistencies.localOne,
      fetchSize: 5_000,
    },
  );
  return rows.map((row) => row.conversation_id as string).sort();
}

/** For the others, whatever the third node thinks of itself. */
function thirdIsDown(): Promise<boolean> {
  return waitFor('the others to see it down', async () =>
    /^DN +127\.0\.0\.3 /m.test(await cluster.script(1, 'nodetool', 'status')),
  );
}

describe('who gets in', () => {
  it('is the functions’ adapter with password, over TLS to a node that proves itself', async () => {
    const rows = await adapter(await application()).execute(SELECT_ALL);
    expect(rows).toEqual([]);
  });

  it('is nobody without TLS', async () => {
    await expect(connect(cluster, { credentials: ADMINISTRATOR })).rejects.toThrow();
  });

  it('is no adapter that believes in another authority', async () => {
    const now = Date.now();
    const other = await new X509CertificateIssuer().createAuthority(CLUSTER.name, {
      from: new Date(now - DAY_MS),
      until: new Date(now + DAY_MS),
    });
    const refused = adapter(await application(), other.certificate).execute(SELECT_ALL);
    await expect(refused).rejects.toThrow('cassandra is unavailable');
  });

  it('is nobody with a wrong password, and no longer the superuser that everybody knows', async () => {
    const roles = rolesOf(cluster);
    expect(await roles.accepts({ ...(await application()), password: 'wrong' })).toBe(false);
    expect(await roles.accepts({ username: 'cassandra', password: 'cassandra' })).toBe(false);
    expect(await roles.accepts(ADMINISTRATOR)).toBe(true);
  });

  it('may, as a function, read and write rows and nothing else', async () => {
    const own = adapter(await application());
    await expect(own.alterSchema('DROP TABLE conversation_heads')).rejects.toThrow();
    await expect(own.alterSchema('CREATE TABLE more (id int PRIMARY KEY)')).rejects.toThrow();
    await expect(own.execute('SELECT salted_hash FROM system_auth.roles')).rejects.toThrow();
  });

  it('is the same after the roles are set up once more', async () => {
    await setUpRoles(cluster, secrets);
    expect(await rolesOf(cluster).accepts(await application())).toBe(true);
  });
});

describe('a rotation', () => {
  it('gives the other role a new password, and lets the one in use go on', async () => {
    const before = await application();
    const versionId = secrets.beginRotation('application');
    const services = {
      secrets,
      roles: rolesOf(cluster),
      newPassword: () => randomUUID(),
      pause: () => new Promise<void>((resolve) => setImmediate(resolve)),
    };
    const plan = { administratorSecret: 'administrator', usernames: USERNAMES };
    const steps: RotationRequest['step'][] = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];
    for (const step of steps)
      await rotatePassword(services, plan, { secretId: 'application', versionId, step });
    const after = await application();
    expect(before.username).toBe(USERNAMES[0]);
    expect(after.username).toBe(USERNAMES[1]);
    expect(await adapter(after).execute(SELECT_ALL)).toEqual([]);
    expect(await adapter(before).execute(SELECT_ALL)).toEqual([]);
  });
});

describe('renewed certificates', () => {
  it('are taken up without a restart', async () => {
    const serialOf = () =>
      new Promise<string>((resolve, reject) => {
        const socket = connectTls(
          {
            host: cluster.addresses[0]!,
            port: cluster.port,
            ca: [readFileSync(cluster.trustedCertificates(1))],
          },
          () => {
            resolve(socket.getPeerCertificate().serialNumber);
            socket.destroy();
          },
        );
        socket.once('error', reject);
      });
    const takeUp = async (number: number) => {
      const said = await cluster.script(number, 'fetch-certificates');
      await cluster.script(number, 'nodetool', 'reloadssl');
      return said;
    };
    const before = await serialOf();
    expect(await issueCertificates(cluster, secrets)).toEqual([]);
    // Nine months on, a quarter of the year is left.
    const issued = await issueCertificates(cluster, secrets, new Date(Date.now() + 274 * DAY_MS));
    expect(issued).toEqual(['node-1', 'node-2', 'node-3']);
    // A node with the certificate of another one is refused by clients, for its address.
    cluster.aws.write('certificates-1', (await secrets.read('certificates-2')) ?? '');
    await takeUp(1);
    const misled = new Cassandra({ ...connectionAs(ADMINISTRATOR), contactPoints: [cluster.addresses[0]!] });
    onTestFinished(() => misled.close());
    await expect(misled.execute('SELECT key FROM system.local')).rejects.toThrow('cassandra is unavailable');
    const [first = '', second = ''] = cluster.addresses;
    expect(await nodesOf(cluster, secrets).answering([first, second])).toEqual([second]);
    // What was issued in nine months is not good yet, so issue once more as of now.
    for (const number of [1, 2, 3]) secrets.put(`certificates-${number}`, '{}');
    await issueCertificates(cluster, secrets);
    expect(new Set(await Promise.all([1, 2, 3].map(takeUp)))).toEqual(new Set(['node.pem has changed.']));
    expect(await serialOf()).not.toBe(before);
    const own = adapter(await application());
    await waitFor('clients to get in', async () => (await own.execute(SELECT_ALL)).length === 0);
  });
});

describe('a change of nodes', () => {
  it(
    'goes on to a node that is away itself, and to another one only once it is back',
    async () => {
      await awaitUp(cluster, secrets, 1, 2, 3).done();
      await cluster.stop(2);
      await awaitUp(cluster, secrets, 1, 3).done();
      const next = awaitUp(cluster, secrets, 1, 2);
      expect(await next.goesOnWaiting()).toBe(true);
      await cluster.boot(2);
      await next.done();
      await awaitUp(cluster, secrets, 1, 2, 3).done();
    },
    STARTS_MILLISECONDS,
  );

  it(
    'does not go on while a node answers clients but is down for the others',
    async () => {
      await cluster.script(3, 'nodetool', 'disablegossip');
      await thirdIsDown();
      const next = awaitUp(cluster, secrets, 1, 3);
      expect(await next.goesOnWaiting()).toBe(true);
      const third = cluster.addresses.slice(2);
      expect(await nodesOf(cluster, secrets).answering(third)).toEqual(third);
      await cluster.script(3, 'nodetool', 'enablegossip');
      await next.done();
    },
    STARTS_MILLISECONDS,
  );
});

describe('a node that dies', () => {
  it(
    'is missed by nobody, and with a new volume it comes back with everything',
    async () => {
      const long = adapter(await application());
      const ids = await write(long, 50);
      await cluster.kill(3);
      ids.push(...(await write(long, 50)));
      // New clients: whose roles are asked for anew, of the two that are left.
      for (let client = 0; client < 5; client += 1) {
        // By its key: a read of the whole table waits for the dead node until the others see it down.
        await waitFor('a new client to get in and read', async () => {
          const [row] = await adapter(await application()).execute(SELECT_ONE, [ids[client]]);
          return row !== undefined;
        });
      }
      await thirdIsDown();

      await cluster.loseVolume(3);
      cluster.aws.write(membershipOf(3), 'none');
      expect(await cluster.startInVain(3)).toMatchObject({
        message: expect.stringContaining('ended before'),
      });
      expect(readFileSync(join(cluster.home(3), 'logs', 'system.log'), 'utf8')).toContain('already exists');

      await cluster.loseVolume(3);
      cluster.aws.write(membershipOf(3), 'joined');
      const starting = cluster.start(3);
      ids.push(...(await write(long, 50)));
      await starting;
      expect(readFileSync(join(cluster.home(3), 'volume', 'node-identity'), 'utf8')).toBe(
        `${CLUSTER.name} 3 replace\n`,
      );
      await waitFor('the hints to arrive', async () => (await heldBy(3)).length === ids.length);
      expect(await heldBy(3)).toEqual(ids.sort());
      await cluster.script(3, 'repair');
    },
    STARTS_MILLISECONDS,
  );
});

describe('a restore', () => {
  it(
    'gives back what a snapshot of all nodes held, roles included, and nothing newer',
    async () => {
      const own = adapter(await application());
      await write(own, 20);
      const kept = await heldBy(1);
      await Promise.all([1, 2, 3].map((number) => cluster.script(number, 'snapshot', 'first')));
      await write(own, 20);
      await cluster.stop(1, 2, 3);
      for (const number of [1, 2, 3]) {
        await cluster.loseVolume(number);
        await cluster.script(number, 'restore', 'first');
      }
      await cluster.start(1, 2, 3);
      for (const number of [1, 2, 3]) expect(await heldBy(number)).toEqual(kept);
      expect(await rolesOf(cluster).accepts(await application())).toBe(true);
      expect(await rolesOf(cluster).accepts({ username: 'cassandra', password: 'cassandra' })).toBe(false);
    },
    STARTS_MILLISECONDS,
  );
});
