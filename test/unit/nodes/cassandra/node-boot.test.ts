import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { EIGHT_GIBIBYTE_RESOURCES } from '../../../../nodes/cassandra/configuration/node-options.ts';
import type { DeployedNode } from '../../../../nodes/cassandra/deployed-node.ts';
import { renderNodeBoot } from '../../../../nodes/cassandra/node-boot.ts';
import { NODE_LOG_GROUP } from '../../../../nodes/cassandra/shipped-logs.ts';

const node: DeployedNode = {
  number: 2,
  addresses: ['10.0.1.10', '10.0.2.10', '10.0.3.10'],
  clusterName: 'ping-me',
  dataCenter: 'eu-central-1',
  resources: EIGHT_GIBIBYTE_RESOURCES,
};

const places = {
  region: 'eu-central-1',
  filesUrl: 's3://assets/files.zip',
  jarsUrl: 's3://assets/jars.zip',
  volumeId: 'vol-0123456789abcdef0',
  certificateSecret: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:node-2',
  membershipParameter: '/ping-me/node-2',
  backupUrl: 's3://backups/cassandra',
};

const files = renderNodeBoot(node).files;
const contentsOf = (path: string) => files.find((file) => file.path === path)?.contents ?? '';

describe('what makes an instance a node', () => {
  it('is the configuration of both ways into the ring, scripts and units', () => {
    expect(files.map(({ path }) => path).filter((path) => path.startsWith('configuration/'))).toEqual([
      'configuration/fixed-tokens/cassandra.yaml',
      'configuration/fixed-tokens/cassandra-rackdc.properties',
      'configuration/fixed-tokens/logback.xml',
      'configuration/fixed-tokens/jvm.arguments',
      'configuration/replace/cassandra.yaml',
      'configuration/replace/cassandra-rackdc.properties',
      'configuration/replace/logback.xml',
      'configuration/replace/jvm.arguments',
      'configuration/node-identity',
      'configuration/logback-tools.xml',
      'configuration/nodetool.arguments',
    ]);
    expect(contentsOf('configuration/node-identity')).toBe('ping-me 2\n');
    expect(contentsOf('configuration/replace/jvm.arguments')).toContain(
      'replace_address_first_boot=10.0.2.10',
    );
    expect(contentsOf('configuration/replace/cassandra.yaml')).toContain('"seeds":"10.0.1.10,10.0.3.10"');
    expect(contentsOf('configuration/fixed-tokens/jvm.arguments')).toContain('-Xmx3072M');
    expect(contentsOf('configuration/fixed-tokens/jvm.arguments')).toContain('-XX:+UseG1GC');
  });

  it('has every script that a script or a unit names, and every unit that is switched on', () => {
    const all = files.map(({ contents }) => contents).join('\n');
    const scripts = [...all.matchAll(/scripts"?\/([a-z-]+\.sh)/g)].map(([, name]) => `scripts/${name}`);
    const units = [...contentsOf('scripts/install.sh').matchAll(/cassandra[a-z-]*\.(?:service|timer)/g)];
    const paths = files.map(({ path }) => path);
    expect(scripts.length).toBeGreaterThan(5);
    expect(scripts.filter((path) => !paths.includes(path))).toEqual([]);
    expect(units.map(([name]) => `systemd/${name}`).filter((path) => !paths.includes(path))).toEqual([]);
    // A timer starts the service of its name.
    const timers = paths.filter((path) => path.endsWith('.timer'));
    expect(
      timers.map((path) => path.replace('.timer', '.service')).filter((path) => !paths.includes(path)),
    ).toEqual([]);
  });

  it('installs what its scripts call and a small image may lack: cmp and mkfs.xfs decide what a volume holds', () => {
    const [, packages = ''] = /dnf install (.*)/.exec(contentsOf('scripts/install.sh')) ?? [];
    expect(packages.split(' ')).toEqual(expect.arrayContaining(['diffutils', 'xfsprogs']));
  });

  it('ships Cassandra’s log and the system’s, to streams of the node’s own in the one group that the stack makes', () => {
    const named = /-c file:\/opt\/ping-me\/node\/(\S+)/.exec(contentsOf('scripts/ship-logs.sh'))?.[1] ?? '';
    const { logs } = JSON.parse(contentsOf(named)) as {
      logs: { logs_collected: { files: { collect_list: Record<string, string>[] } } };
    };
    const [cassandra, system] = logs.logs_collected.files.collect_list;
    expect(cassandra).toMatchObject({
      file_path: '/var/log/cassandra/system.log',
      log_group_name: NODE_LOG_GROUP,
      log_stream_name: 'node-2/cassandra',
    });
    expect(system).toMatchObject({ log_group_name: NODE_LOG_GROUP, log_stream_name: 'node-2/system' });
    // A stack trace belongs to the entry before it, whatever its lines begin with.
    const begins = new RegExp(cassandra?.multi_line_start_pattern ?? '$^');
    expect(['INFO  [main] 2026-', 'ERROR [ReadStage-1] 2026-'].every((line) => begins.test(line))).toBe(true);
    expect(['java.lang.Error: no', '\tat org.apache', 'Caused by: '].some((line) => begins.test(line))).toBe(
      false,
    );
  });

  it('repairs each node on a day of its own', () => {
    const days = [1, 2, 3].map((number) => {
      const timer = renderNodeBoot({ ...node, number }).files.find(({ path }) =>
        path.endsWith('repair.timer'),
      );
      return /OnCalendar=(\w+)/.exec(timer?.contents ?? '')?.[1];
    });
    expect(days).toEqual(['Mon', 'Wed', 'Fri']);
  });

  it('is the same each time it is rendered', () => {
    expect(renderNodeBoot(node).files).toEqual(files);
  });

  it('is refused for a node that is not of the ring', () => {
    expect(() => renderNodeBoot({ ...node, number: 4 })).toThrow('there is no node 4');
  });
});

describe('the user data', () => {
  const userData = renderNodeBoot(node).userData(places);

  it('is within the 16 KB that EC2 takes, and names every place', () => {
    expect(Buffer.byteLength(userData)).toBeLessThan(4_096);
    for (const place of Object.values(places)) expect(userData).toContain(place);
  });

  it('is Bash, the script inside it too, which is tried until it succeeds', () => {
    const inner = /<<'SCRIPT'\n([\s\S]*?)\nSCRIPT\n/.exec(userData)?.[1] ?? '';
    expect(inner).toContain('scripts/install.sh');
    for (const input of [userData, inner]) {
      expect(spawnSync('bash', ['-n'], { input, encoding: 'utf8' }).stderr).toBe('');
    }
    expect(userData).toContain('until bash /etc/ping-me/fetch-and-install.sh');
  });

  it('sets all settings that the scripts need', () => {
    const set = [...userData.matchAll(/^([A-Z_]+)='/gm)].map(([, name]) => name);
    const scripts = files.filter(({ path }) => path.startsWith('scripts/')).map(({ contents }) => contents);
    const used = ['JARS_URL', 'VOLUME_ID', 'CERTIFICATE_SECRET', 'MEMBERSHIP_PARAMETER', 'BACKUP_URL'];
    for (const name of used)
      expect(
        scripts.some((script) => script.includes(`$${name}`) || script.includes(`{${name}`)),
        name,
      ).toBe(true);
    expect(set).toEqual([
      'AWS_DEFAULT_REGION',
      'JARS_URL',
      'VOLUME_ID',
      'CERTIFICATE_SECRET',
      'MEMBERSHIP_PARAMETER',
      'BACKUP_URL',
    ]);
  });
});
