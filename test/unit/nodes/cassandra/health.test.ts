import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeAws } from '../../../support/fake-aws.ts';
import { publishedMetrics } from '../../../support/published-metrics.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;
/** Nothing answers there. */
const CONFIGURATION = 'rpc_address: "127.0.0.1"\nnative_transport_port: 1\n';

let folder: string;
let volume: string;
let aws: FakeAws;

beforeEach(() => {
  folder = temporaryFolder();
  volume = join(folder, 'volume');
  mkdirSync(join(volume, 'hints'), { recursive: true });
  mkdirSync(join(folder, 'etc', 'current'), { recursive: true });
  writeFileSync(join(folder, 'etc', 'current', 'cassandra.yaml'), CONFIGURATION);
  aws = new FakeAws(join(folder, 'bin'));
  command('nodetool', 'exit 1');
});

function command(name: string, lines: string): void {
  writeFileSync(join(aws.commands, name), `#!/bin/bash\n${lines}\n`, { mode: 0o755 });
}

function run(script: string, ...values: string[]) {
  const file = resolve('nodes/cassandra/scripts', `${script}.sh`);
  const { status, stderr } = spawnSync('bash', [file, ...values], {
    encoding: 'utf8',
    env: {
      PATH: `${aws.commands}:${process.env.PATH}`,
      DATA_MOUNT: volume,
      CONFIGURATION_FOLDER: join(folder, 'etc'),
      NODE_IDENTITY: 'ping-me 2',
      BACKUP_URL: `file://${join(folder, 'backups')}`,
    },
  });
  return { status, error: stderr };
}

function valuesOf(): Record<string, number> {
  expect(run('health').status).toBe(0);
  return Object.fromEntries(
    Object.entries(publishedMetrics(aws).metrics).map(([name, { value }]) => [name, value]),
  );
}

function markedHoursAgo(name: string, hours: number): void {
  const time = new Date(Date.now() - hours * HOUR_MS - 1_000);
  writeFileSync(join(volume, name), '');
  utimesSync(join(volume, name), time, time);
}

describe('a node that is asked how it is', () => {
  it('says that Cassandra does not answer, and nothing of what only Cassandra knows', () => {
    const { error } = run('health');
    expect(error).toContain('Cassandra does not answer: ');
    expect(valuesOf()).toMatchObject({ Answers: 0 });
    expect(valuesOf()).not.toHaveProperty('CertificateDays');
    expect(valuesOf()).not.toHaveProperty('NodesSeenDown');
  });

  it('counts the others that it sees down, whatever they were doing', () => {
    command(
      'nodetool',
      "printf 'Datacenter: dc\\n|/ State\\n%s  10.0.0.1 1 GB\\n%s  10.0.0.2 1 GB\\n%s  10.0.0.3 1 GB\\n' DN UN DJ",
    );
    expect(valuesOf()).toMatchObject({ NodesSeenDown: 2 });
  });

  it('counts what it keeps for others', () => {
    const before = valuesOf().HintBytes ?? Number.NaN;
    writeFileSync(join(volume, 'hints', 'a.hints'), 'x'.repeat(10_000));
    expect((valuesOf().HintBytes ?? 0) - before).toBe(10_000);
  });

  it('says nothing of a disk that is not its own', () => {
    command('mountpoint', 'exit 1');
    expect(valuesOf()).toEqual({ Answers: 0 });
  });

  it('says nothing of times on a volume that is nobody’s yet', () => {
    expect(valuesOf()).not.toHaveProperty('SnapshotAge');
  });

  it('counts from the beginning of its volume until something has succeeded, and then from that', () => {
    markedHoursAgo('node-identity', 50);
    expect(valuesOf()).toMatchObject({ SnapshotAge: 50, RepairAge: 50 });
    markedHoursAgo('last-snapshot', 3);
    expect(valuesOf()).toMatchObject({ SnapshotAge: 3, RepairAge: 50 });
  });

  it('fails where CloudWatch is not to be reached', () => {
    command('aws', 'exit 255');
    expect(run('health').status).toBe(255);
  });
});

describe('what a failed run leaves', () => {
  beforeEach(() => markedHoursAgo('node-identity', 50));

  it.each([
    ['a repair', 'repair', 'RepairAge'],
    ['a snapshot', 'snapshot', 'SnapshotAge'],
  ])('of %s, is the age that was', (_, script, metric) => {
    expect(run(script).status).not.toBe(0);
    expect(valuesOf()[metric]).toBe(50);
  });

  it('of a snapshot whose copying broke off, is the age that was until one is whole', () => {
    command('nodetool', 'exit 0');
    const table = join(volume, 'data', 'ks', 't-1', 'snapshots', 'monday');
    mkdirSync(table, { recursive: true });
    writeFileSync(join(table, 'a.db'), 'rows');
    writeFileSync(join(folder, 'backups'), 'no folder');
    expect(run('snapshot', 'monday')).toMatchObject({ status: 1, error: expect.stringContaining('mkdir') });
    expect(valuesOf().SnapshotAge).toBe(50);
    rmSync(join(folder, 'backups'));
    expect(run('snapshot', 'monday').status).toBe(0);
    expect(valuesOf().SnapshotAge).toBe(0);
  });
});
