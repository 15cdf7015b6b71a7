import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeAws } from '../../../support/fake-aws.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const SCRIPTS = resolve('nodes/cassandra/scripts');

interface Machine {
  readonly folder: string;
  readonly volume: string;
  readonly aws: FakeAws;
  /** A command that notes that it was called, and then runs these lines. */
  command(name: string, lines?: string): void;
  calls(): string;
  run(script: string, ...values: string[]): { status: number | null; output: string; error: string };
}

function newMachine(volumeId = 'vol-1'): Machine {
  const folder = temporaryFolder();
  const volume = join(folder, 'volume');
  mkdirSync(volume);
  const aws = new FakeAws(join(folder, 'bin'));
  const log = join(folder, 'calls');
  writeFileSync(log, '');
  return {
    folder,
    volume,
    aws,
    command: (name, lines = '') =>
      writeFileSync(join(aws.commands, name), `#!/bin/bash\necho "${name} $*" >>${log}\n${lines}\n`, {
        mode: 0o755,
      }),
    calls: () => readFileSync(log, 'utf8'),
    run: (script, ...values) => {
      const { status, stdout, stderr } = spawnSync('bash', [join(SCRIPTS, script), ...values], {
        encoding: 'utf8',
        env: {
          PATH: `${aws.commands}:/usr/sbin:/usr/bin:/sbin:/bin`,
          DATA_MOUNT: volume,
          CONFIGURATION_FOLDER: join(folder, 'etc'),
          NODE_IDENTITY: 'ping-me 1',
          DATA_OWNER: `${process.getuid?.()}`,
          VOLUME_ID: volumeId,
          VOLUME_DEVICE: join(folder, 'device'),
          MEMBERSHIP_PARAMETER: 'membership',
          CERTIFICATE_SECRET: 'certificates',
          BACKUP_URL: `file://${join(folder, 'backups')}`,
          NODETOOL: 'nodetool',
        },
      });
      return { status, output: stdout.trim(), error: stderr.trim() };
    },
  };
}

let machine: Machine;

beforeEach(() => {
  machine = newMachine();
});

const entry = () => machine.run('choose-ring-entry.sh').output;
const putData = () => writeFileSync(join(machine.volume, 'data'), 'x');

describe('the way into the ring', () => {
  it('is the fixed tokens for the first start of a new cluster, and for each start after it', () => {
    machine.aws.write('membership', 'none');
    expect(entry()).toBe('fixed-tokens');
    expect(machine.aws.read('membership')).toBe('joining:vol-1');
    putData();
    expect(entry()).toBe('fixed-tokens');
    machine.aws.write('membership', 'joined');
    expect(entry()).toBe('fixed-tokens');
  });

  it('is the fixed tokens again when the first start was cut off before the volume was marked', () => {
    machine.aws.write('membership', 'joining:vol-1');
    expect(entry()).toBe('fixed-tokens');
  });

  it('is a replacement with an empty volume once the node has been in the ring, and stays one', () => {
    machine.aws.write('membership', 'joined');
    expect(entry()).toBe('replace');
    putData();
    expect(entry()).toBe('replace');
  });

  it('is a replacement when a first start began on another volume: that may have been a member', () => {
    machine.aws.write('membership', 'joining:vol-0');
    expect(entry()).toBe('replace');
  });

  it('is none while nobody can tell: neither guessed nor marked', () => {
    const { status, output } = machine.run('choose-ring-entry.sh');
    expect(status).not.toBe(0);
    expect(output).toBe('');
    expect(existsSync(join(machine.volume, 'node-identity'))).toBe(false);
  });

  it('is none on the volume of another node, or on data that says nothing', () => {
    writeFileSync(join(machine.volume, 'node-identity'), 'ping-me 2 fixed-tokens\n');
    expect(machine.run('choose-ring-entry.sh')).toMatchObject({
      status: 1,
      error:
        'The volume is of node 2 of cluster ping-me, and this is node 1 of cluster ping-me: attach the right one.',
    });
    machine = newMachine();
    machine.aws.write('membership', 'none');
    putData();
    expect(machine.run('choose-ring-entry.sh')).toMatchObject({ status: 1, output: '' });
    expect(machine.aws.read('membership')).toBe('none');
  });
});

describe('the volume', () => {
  const device = () => join(machine.folder, 'device');
  const emptyDevice = () => {
    writeFileSync(device(), '');
    truncateSync(device(), 64 * 1024 * 1024);
  };

  beforeEach(() => {
    machine.command('mountpoint', 'exit 1');
    machine.command('mkfs.xfs');
    machine.command('mount');
  });

  it('is formatted and mounted when nothing was ever written on it', () => {
    emptyDevice();
    machine.command('blkid', 'exit 2');
    expect(machine.run('mount-volume.sh').status).toBe(0);
    expect(machine.calls()).toContain(
      `mkfs.xfs -q ${device()}\nmount -o noatime ${device()} ${machine.volume}\n`,
    );
  });

  it('is mounted as it is when it has a file system', () => {
    emptyDevice();
    machine.command('blkid');
    expect(machine.run('mount-volume.sh').status).toBe(0);
    expect(machine.calls()).not.toContain('mkfs');
    expect(machine.calls()).toContain('mount -o noatime');
  });

  it.each([
    ['holds what blkid does not know', 2, 'something'],
    ['cannot be read, or is ambiguous', 8, ''],
  ])('is left alone when it %s', (_, status, contents) => {
    emptyDevice();
    writeFileSync(device(), contents, { flag: 'r+' });
    machine.command('blkid', `exit ${status}`);
    const run = machine.run('mount-volume.sh');
    expect(run.status).toBe(1);
    expect(run.error).toContain('neither mounted nor formatted');
    expect(machine.calls()).not.toMatch(/mkfs|mount -o/);
  });

  it('is left alone when it is mounted already', () => {
    machine.command('mountpoint');
    expect(machine.run('mount-volume.sh').status).toBe(0);
    expect(machine.calls()).not.toMatch(/mkfs|mount -o/);
  });
});

describe('certificates', () => {
  const pem = (name: string) => join(machine.folder, 'etc', 'certificates', name);
  const put = (key: string) =>
    machine.aws.write(
      'certificates',
      JSON.stringify({ keyAndCertificates: key, trustedCertificates: 'ca\n' }),
    );

  it('are written for their owner alone, and again only when they have changed', () => {
    put('key 1\n');
    expect(machine.run('fetch-certificates.sh').output).toBe(
      'trusted.pem has changed.\nnode.pem has changed.',
    );
    expect(readFileSync(pem('node.pem'), 'utf8')).toBe('key 1\n');
    expect(statSync(pem('node.pem')).mode & 0o777).toBe(0o600);
    expect(machine.run('fetch-certificates.sh').output).toBe('');
    put('key 2\n');
    expect(machine.run('fetch-certificates.sh').output).toBe('node.pem has changed.');
  });

  it('are not there before they are issued, and the sentence says who issues them', () => {
    machine.aws.write('certificates', 'x7$kq');
    const run = machine.run('fetch-certificates.sh');
    expect(run.status).toBe(1);
    expect(run.error).toContain('the function issue-certificates writes them');
    expect(run.error).not.toContain('x7$kq');
    expect(existsSync(pem('node.pem'))).toBe(false);
  });
});

describe('a restore', () => {
  const source = () => join(machine.folder, 'backups', 'monday', 'node-1');
  const putSnapshot = (contents: string) => {
    mkdirSync(join(source(), 'data', 'ks', 't-1'), { recursive: true });
    writeFileSync(join(source(), 'data', 'ks', 't-1', 'a.db'), 'rows');
    const digest = createHash('sha256').update('rows').digest('hex');
    writeFileSync(join(source(), 'manifest.sha256'), `${digest}  data/ks/t-1/a.db\n`);
    writeFileSync(join(source(), 'data', 'ks', 't-1', 'a.db'), contents);
  };

  it('puts the files into an empty volume and says whose it is', () => {
    putSnapshot('rows');
    expect(machine.run('restore.sh', 'monday')).toMatchObject({ status: 0, error: '' });
    expect(readFileSync(join(machine.volume, 'data', 'ks', 't-1', 'a.db'), 'utf8')).toBe('rows');
    expect(entry()).toBe('fixed-tokens');
  });

  it('leaves data that is there, and takes no snapshot that is not whole or not as it was', () => {
    putSnapshot('rowz');
    expect(machine.run('restore.sh', 'monday').error).toContain('differ from its manifest');
    expect(machine.run('restore.sh', 'tuesday').status).not.toBe(0);
    expect(existsSync(join(machine.volume, 'data'))).toBe(false);
    mkdirSync(join(machine.volume, 'data', 'ks'), { recursive: true });
    expect(machine.run('restore.sh', 'monday').error).toContain('is not empty');
  });
});

describe('the scripts', () => {
  it('are Bash', () => {
    for (const name of [
      'install.sh',
      'prepare-start.sh',
      'snapshot.sh',
      'repair.sh',
      'mark-joined.sh',
      'nodetool.sh',
      'stamps.sh',
      'ship-logs.sh',
    ]) {
      expect(spawnSync('bash', ['-n', join(SCRIPTS, name)], { encoding: 'utf8' }).stderr, name).toBe('');
    }
  });
});
