import { Duration } from 'aws-cdk-lib';
import { MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmDeclaration } from './alarm-declaration.ts';
import { healthMetric, inService, numbersTo } from './metrics.ts';

/** One is taken daily, and is as old as that plus the time of its copying when the next one takes its place. */
const SNAPSHOT_HOURS = 30;
/** A repair weekly, that may take a day; after ten days (`gc_grace_seconds`) deletions are forgotten. */
const REPAIR_HOURS = 8 * 24;
/** Renewed from 121 days on (a third of a year): it has failed daily for a month. */
const CERTIFICATE_DAYS = 90;

/** Of the Cassandra nodes: one for all groups, and for each node what it says of itself. */
export function nodeAlarms(nodeGroups: readonly string[]): AlarmDeclaration[] {
  if (nodeGroups.length === 0) return [];
  return [
    {
      name: 'node-away',
      means:
        'A Cassandra node has had no instance for a quarter of an hour: its group does not heal by itself.',
      metric: new MathExpression({
        expression: `MIN([${nodeGroups.map((_, index) => `node${index + 1}`).join(', ')}])`,
        usingMetrics: Object.fromEntries(
          nodeGroups.map((groupName, index) => [`node${index + 1}`, inService(groupName)]),
        ),
        period: Duration.minutes(1),
        label: 'instances of the emptiest group',
      }),
      threshold: 1,
      below: true,
      minutes: 15,
    },
    ...numbersTo(nodeGroups.length).flatMap(ofOneNode),
  ];
}

function ofOneNode(node: number): AlarmDeclaration[] {
  return [
    {
      name: 'node-silent',
      node,
      means: `Cassandra on node ${node} has not answered for ten minutes, or the node says nothing of itself.`,
      metric: healthMetric(node, 'Answers'),
      threshold: 1,
      below: true,
      minutes: 10,
      missing: TreatMissingData.BREACHING,
    },
    {
      name: 'node-disk',
      node,
      means: `The data volume of node ${node} is 70 % full; compactions need room beside what is there.`,
      metric: healthMetric(node, 'DiskUsed'),
      threshold: 70,
      minutes: 15,
    },
    {
      name: 'node-disk-full',
      node,
      means: `The data volume of node ${node} is 85 % full: compactions may find no room, and then it stops.`,
      metric: healthMetric(node, 'DiskUsed'),
      threshold: 85,
      minutes: 5,
    },
    {
      name: 'node-snapshot-old',
      node,
      means: `The last whole snapshot of node ${node} is more than ${SNAPSHOT_HOURS} hours old; one is taken daily.`,
      metric: healthMetric(node, 'SnapshotAge'),
      threshold: SNAPSHOT_HOURS,
      minutes: 5,
    },
    {
      name: 'node-repair-old',
      node,
      means: `Node ${node} was last repaired more than eight days ago; after ten, deleted rows may come back.`,
      metric: healthMetric(node, 'RepairAge'),
      threshold: REPAIR_HOURS,
      minutes: 5,
    },
    {
      name: 'node-certificate',
      node,
      means: `The certificate that node ${node} shows is good for less than ${CERTIFICATE_DAYS} days: its renewal fails.`,
      metric: healthMetric(node, 'CertificateDays'),
      threshold: CERTIFICATE_DAYS,
      below: true,
      minutes: 5,
    },
  ];
}
