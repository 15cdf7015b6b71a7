import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METRICS, METRICS_NAMESPACE } from '../../core/contract/metrics.ts';
import { NODE_METRICS, NODE_METRICS_NAMESPACE } from '../../nodes/cassandra/health-metrics.ts';
import { NODE_LOG_GROUP } from '../../nodes/cassandra/shipped-logs.ts';
import { EXISTING_CASSANDRA, EXISTING_SERVERS, EXISTING_VPC } from './support/choices.ts';
import { actionsOf, listOf, ofType, referredId, statementsOfRole } from './support/resources.ts';
import { type Synthesized, synthesize } from './support/synthesize.ts';

let synthesized: Synthesized;

const runbook = () => readFileSync('docs/operations.md', 'utf8');
const sections = () => [...runbook().matchAll(/^### ([\w-]+)$/gm)].map(([, name]) => name);

describe('alarms', () => {
  it('each have an entry in the runbook, and the runbook has no entry without an alarm', () => {
    synthesized = synthesize({ alarmEmail: 'on-call@example.com' });
    const alarms = ofType(synthesized.templates.Operations ?? {}, 'AWS::CloudWatch::Alarm');
    const linked = alarms.map(
      ([, { Properties }]) =>
        /docs\/operations\.md#([\w-]+)\.$/.exec(String(Properties.AlarmDescription))?.[1],
    );
    expect(linked).not.toContain(undefined);
    // Each node has alarms of its own, and one entry tells of them all.
    expect([...new Set(linked)].sort()).toEqual([...sections()].sort());
    for (const [id, { Properties }] of alarms) expect(Properties.AlarmActions, id).toHaveLength(1);
  });

  it('may be published by the alarms of this account, and by nobody without TLS', () => {
    synthesized = synthesize();
    const [policy] = ofType(synthesized.templates.Operations ?? {}, 'AWS::SNS::TopicPolicy');
    const document = policy?.[1].Properties.PolicyDocument as { Statement: unknown[] } | undefined;
    const statements = document?.Statement;
    expect(statements).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
    expect(statements).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });

  it('of brokers are there only where there is a cluster that tells of them', () => {
    synthesized = synthesize({ ...EXISTING_SERVERS, ...EXISTING_CASSANDRA, ...EXISTING_VPC });
    expect(JSON.stringify(synthesized.templates.Operations)).not.toContain('AWS/Kafka');
  });

  it('are left out where they are not wanted', () => {
    synthesized = synthesize({ alarms: 'false' });
    expect(ofType(synthesized.templates.Operations ?? {}, 'AWS::CloudWatch::Alarm')).toEqual([]);
  });
});

it('dashboard and alarms show metrics that functions really count', () => {
  synthesized = synthesize();
  const text = JSON.stringify(synthesized.templates.Operations).replaceAll('\\', '');
  const named = [...text.matchAll(new RegExp(`"${METRICS_NAMESPACE}","(\\w+)"`, 'g'))].map(
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(10);
  for (const name of named) expect(Object.keys(METRICS)).toContain(name);
});

it.each([
  ['dev', 7],
  ['prod', 90],
])('logs of %s are kept for %i days, none for ever', (profile, days) => {
  synthesized = synthesize({ profile });
  for (const [name, template] of Object.entries(synthesized.templates)) {
    for (const [id, { Properties }] of ofType(template, 'AWS::Logs::LogGroup')) {
      expect(Properties.RetentionInDays, `${name}/${id}`).toBe(days);
    }
  }
});

interface WatchedMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}

/** The alarms on one metric of a node, with its name and its dimensions as `Node=1`. */
function nodeAlarms() {
  return ofType(synthesized.templates.Operations ?? {}, 'AWS::CloudWatch::Alarm').flatMap(
    ([, { Properties }]) => {
      const metrics = (Properties.Metrics ?? []) as { MetricStat?: { Metric: WatchedMetric } }[];
      const metric = metrics[0]?.MetricStat?.Metric;
      if (metric?.Namespace !== NODE_METRICS_NAMESPACE) return [];
      const dimensions = (metric.Dimensions ?? [])
        .map(({ Name, Value }) => `${Name}=${String(Value)}`)
        .join();
      return [
        { ...Properties, name: metric.MetricName, dimensions } as Record<string, unknown> & {
          readonly name: string;
          readonly dimensions: string;
        },
      ];
    },
  );
}

describe('the Cassandra nodes', () => {
  const alarmsOn = (metric: string) => nodeAlarms().filter(({ name }) => name === metric);
  const HOURS_A_DAY = 24;

  it('are watched one by one by what they say of themselves, and silence is no answer', () => {
    synthesized = synthesize();
    const alarms = nodeAlarms();
    for (const { name } of alarms) expect(Object.keys(NODE_METRICS)).toContain(name);
    for (const node of ['1', '2', '3']) {
      const own = alarms.filter(({ dimensions }) => dimensions === `Node=${node}`);
      expect(own.map(({ name }) => name).sort()).toEqual([
        'Answers',
        'CertificateDays',
        'DiskUsed',
        'DiskUsed',
        'RepairAge',
        'SnapshotAge',
      ]);
    }
    for (const { TreatMissingData, name } of alarms) {
      expect(TreatMissingData, name).toBe(name === 'Answers' ? 'breaching' : 'notBreaching');
    }
  });

  it('wake nobody while their clocks go as they should, and somebody in time where they do not', () => {
    synthesized = synthesize();
    for (const { Threshold } of alarmsOn('SnapshotAge')) {
      expect(Threshold).toBeGreaterThan(HOURS_A_DAY + 2);
      expect(Threshold).toBeLessThan(2 * HOURS_A_DAY);
    }
    for (const { Threshold } of alarmsOn('RepairAge')) {
      expect(Threshold).toBeGreaterThan(7 * HOURS_A_DAY);
      // Two days to have it done before Cassandra's ten for deletions (gc_grace_seconds) are over.
      expect(Threshold).toBeLessThanOrEqual(8 * HOURS_A_DAY);
    }
    for (const { Threshold, ComparisonOperator } of alarmsOn('CertificateDays')) {
      expect(ComparisonOperator).toBe('LessThanThreshold');
      expect(Threshold).toBeGreaterThan(30);
      // A year's certificates are renewed with a third of it left.
      expect(Threshold).toBeLessThan(365 / 3 - 7);
    }
    expect(alarmsOn('DiskUsed').map(({ Threshold }) => Threshold)).toEqual([70, 85, 70, 85, 70, 85]);
  });

  it('may publish in their namespace and write to their log group, and nothing else of either kind', () => {
    synthesized = synthesize();
    const database = synthesized.templates.Database ?? {};
    const [[groupId, group] = []] = ofType(database, 'AWS::Logs::LogGroup').filter(
      ([, { Properties }]) => Properties.LogGroupName === NODE_LOG_GROUP,
    );
    expect(groupId).toBeDefined();
    expect(group?.Properties.RetentionInDays).toBe(7);
    for (const [id, { Properties }] of ofType(database, 'AWS::IAM::InstanceProfile')) {
      const statements = statementsOfRole(database, referredId(Properties.Roles) ?? '');
      const about = (service: string) =>
        statements.filter(({ Action }) => listOf(Action).some((action) => action.startsWith(`${service}:`)));
      expect(about('cloudwatch'), id).toEqual([
        {
          Effect: 'Allow',
          Action: 'cloudwatch:PutMetricData',
          Resource: '*',
          Condition: { StringEquals: { 'cloudwatch:namespace': NODE_METRICS_NAMESPACE } },
        },
      ]);
      expect(actionsOf(about('logs')), id).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
      expect(JSON.stringify(about('logs')[0]?.Resource), id).toContain(`:log-group:${NODE_LOG_GROUP}:*`);
    }
  });

  it('are asked for nothing where there are none', () => {
    synthesized = synthesize({ database: 'keyspaces' });
    const text = JSON.stringify(synthesized.templates);
    expect(text.includes(NODE_METRICS_NAMESPACE)).toBe(false);
    expect(text.includes(NODE_LOG_GROUP)).toBe(false);
  });
});

it.each(['us-east-1', 'eu-central-1'])(
  'no function in %s leaves its logs to a group that is kept for ever, the CDK’s own included',
  (region) => {
    synthesized = synthesize({ region });
    for (const [name, template] of Object.entries(synthesized.templates)) {
      for (const [id, { Properties }] of ofType(template, 'AWS::Lambda::Function')) {
        // Made by the CDK after everything else, for what another region has to know: docs/deploy.md says so.
        if (id.startsWith('CustomCrossRegionExport')) continue;
        const group = referredId((Properties.LoggingConfig as { LogGroup?: unknown } | undefined)?.LogGroup);
        expect(template.Resources?.[group ?? '']?.Type, `${name}/${id}`).toBe('AWS::Logs::LogGroup');
      }
    }
  },
);
