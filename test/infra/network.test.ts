import { describe, expect, it } from 'vitest';
import { EXISTING_VPC } from './support/choices.ts';
import { ofType } from './support/resources.ts';
import { type Synthesized, synthesize } from './support/synthesize.ts';

let synthesized: Synthesized;

const network = () => synthesized.templates.Network ?? {};

/** `from → to: port` for every rule that lets somebody in, by the names of the groups. */
function rules(): string[] {
  const name = (reference: unknown) =>
    /Network(Functions|Brokers|Nodes|Endpoints)/.exec(JSON.stringify(reference))?.[1] ?? 'elsewhere';
  const separate = ofType(network(), 'AWS::EC2::SecurityGroupIngress').map(
    ([, { Properties }]) =>
      `${name(Properties.SourceSecurityGroupId)} → ${name(Properties.GroupId)}: ${String(Properties.FromPort)}`,
  );
  const inline = ofType(network(), 'AWS::EC2::SecurityGroup').flatMap(([id, { Properties }]) =>
    ((Properties.SecurityGroupIngress ?? []) as { CidrIp?: string; FromPort: number }[]).map(
      (rule) => `${rule.CidrIp ?? 'a group'} → ${id}: ${rule.FromPort}`,
    ),
  );
  return [...separate, ...inline].sort();
}

const endpoints = () =>
  ofType(network(), 'AWS::EC2::VPCEndpoint')
    .map(([, { Properties }]) => /\.([\w-]+)"?\]*\}?$/.exec(JSON.stringify(Properties.ServiceName))?.[1])
    .sort();

describe('a VPC of the stack’s own', () => {
  it('lets in exactly who has to come in', () => {
    synthesized = synthesize();
    expect(rules()).toEqual([
      'Brokers → Brokers: 9098',
      'Functions → Brokers: 9098',
      'Functions → Endpoints: 443',
      'Functions → Nodes: 9042',
      'Nodes → Endpoints: 443',
      'Nodes → Nodes: 7000',
      'Nodes → Nodes: 9042',
    ]);
  });

  it('has no way to the internet', () => {
    synthesized = synthesize();
    const types = new Set(Object.values(network().Resources ?? {}).map(({ Type }) => Type));
    for (const type of ['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::EIP']) {
      expect(types).not.toContain(type);
    }
    for (const [id, { Properties }] of ofType(network(), 'AWS::EC2::Subnet')) {
      expect(Properties.MapPublicIpOnLaunch, id).toBe(false);
    }
    expect(types).toContain('AWS::EC2::FlowLog');
  });

  it('is in three zones, also where the account is not known', () => {
    synthesized = synthesize();
    const zones = ofType(network(), 'AWS::EC2::Subnet').map(([, { Properties }]) =>
      JSON.stringify(Properties.AvailabilityZone),
    );
    expect(new Set(zones).size).toBe(3);
    synthesized = synthesize({ zones: 'us-east-1a,us-east-1b,us-east-1d' });
    const named = ofType(network(), 'AWS::EC2::Subnet').map(
      ([, { Properties }]) => Properties.AvailabilityZone,
    );
    expect(new Set(named)).toEqual(new Set(['us-east-1a', 'us-east-1b', 'us-east-1d']));
  });

  it.each([
    ['nodes', {}, ['dynamodb', 'logs', 'monitoring', 's3', 'secretsmanager', 'ssm', 'ssmmessages']],
    ['Keyspaces', { database: 'keyspaces' }, ['cassandra', 'dynamodb', 's3', 'secretsmanager']],
  ])('pays for the endpoints that it needs and no other: %s', (_, choices, expected) => {
    synthesized = synthesize(choices);
    expect(endpoints()).toEqual(expected);
  });

  it('lets nobody through its gateway endpoints but this account, and to Amazon Linux’s packages', () => {
    synthesized = synthesize();
    const policies = ofType(network(), 'AWS::EC2::VPCEndpoint')
      .map(
        ([, { Properties }]) =>
          Properties.PolicyDocument as { Statement: Record<string, unknown>[] } | undefined,
      )
      .filter((policy) => policy !== undefined);
    for (const statement of policies.flatMap(({ Statement }) => Statement)) {
      const ownAccount = JSON.stringify(statement.Condition ?? {}).includes('aws:ResourceAccount');
      const packages = JSON.stringify(statement.Resource).includes('al2023-repos-');
      expect(ownAccount || packages).toBe(true);
    }
  });
});

describe('a VPC that is there already', () => {
  it('gets brokers that its functions’ group may reach, and nothing else', () => {
    synthesized = synthesize({ database: 'keyspaces', ...EXISTING_VPC });
    expect(
      Object.values(network().Resources ?? {})
        .map(({ Type }) => Type)
        .sort(),
    ).toEqual([
      'AWS::EC2::SecurityGroup',
      // What reads the log joins the brokers' group: both ways, or it reaches nothing.
      'AWS::EC2::SecurityGroupEgress',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::EC2::SecurityGroupIngress',
    ]);
    const functions = ofType(synthesized.templates.Api ?? {}, 'AWS::Lambda::Function');
    const joined = functions.filter(([, { Properties }]) => 'VpcConfig' in Properties);
    expect(joined.length).toBeGreaterThan(0);
    for (const [, { Properties }] of joined) {
      expect(Properties.VpcConfig).toEqual({
        SecurityGroupIds: [EXISTING_VPC['existing.securityGroup']],
        SubnetIds: EXISTING_VPC['existing.subnets'].split(','),
      });
    }
  });
});
