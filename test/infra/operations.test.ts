import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METRICS, METRICS_NAMESPACE } from '../../core/contract/metrics.ts';
import { EXISTING_CASSANDRA, EXISTING_SERVERS, EXISTING_VPC } from './support/choices.ts';
import { ofType } from './support/resources.ts';
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
    expect([...linked].sort()).toEqual([...sections()].sort());
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
