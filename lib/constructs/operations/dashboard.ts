import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { EVENT_SOURCES } from '../../../core/contract/event-sources.ts';
import type { FunctionName } from '../../../core/contract/functions.ts';
import { TOPICS } from '../../../core/contract/topics.ts';
import type { NodeMetricName } from '../../../nodes/cassandra/health-metrics.ts';
import type { PingMeHttpApi } from '../api/http-api.ts';
import type { PingMeFunction } from '../functions/ping-me-function.ts';
import {
  brokerMetric,
  consumerLag,
  healthMetric,
  inService,
  nodeMetric,
  numbersTo,
  ownMetric,
} from './metrics.ts';

export interface OnCallDashboardProps {
  readonly functions: Readonly<Record<FunctionName, PingMeFunction>>;
  readonly http: PingMeHttpApi;
  readonly clusterName: string | undefined;
  readonly brokers: number;
  readonly nodeGroups: readonly string[];
}

const WIDTH = 8;
const HEIGHT = 6;
const minute = { period: Duration.minutes(1) };

/** What a person on call looks at first, from what people notice down to what may cause it. */
export class OnCallDashboard extends Construct {
  constructor(scope: Construct, id: string, props: OnCallDashboardProps) {
    super(scope, id);
    const { functions, http } = props;
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.hours(3) });
    dashboard.addWidgets(
      new TextWidget({
        width: 24,
        height: 1,
        markdown:
          'What each alarm means and what to do: **docs/operations.md**. Top: what people notice. Below: why.',
      }),
    );
    dashboard.addWidgets(
      graph('Posts', [ownMetric('PostsAccepted'), ownMetric('PostsUnconfirmed'), ownMetric('PostRetries')]),
      graph('Append and delivery, ms', [
        ownMetric('PostAppendTime', 'p50'),
        ownMetric('PostAppendTime', 'p99'),
        ownMetric('DeliveryTime', 'p50'),
        ownMetric('DeliveryTime', 'p99'),
      ]),
      graph('Stored', [ownMetric('MessagesStored'), ownMetric('StoreRetries'), ownMetric('DeadLetters')]),
    );
    dashboard.addWidgets(
      graph('Consumer lag, records', lagOf(props)),
      graph('Store: batches', [ownMetric('StoreBatchRecords', 'avg'), ownMetric('StoreBatchTime', 'p99')]),
      graph('Store: lag, ms', [ownMetric('StoreLag', 'p99')]),
    );
    dashboard.addWidgets(
      graph('API', [
        http.stage.metricCount(minute),
        http.stage.metricClientError(minute),
        http.stage.metricServerError(minute),
      ]),
      graph('Live', [
        ownMetric('ConnectionsOpened'),
        ownMetric('MessagesDelivered'),
        ownMetric('PushesFailed'),
        ownMetric('DeliveriesSkipped'),
      ]),
      graph('Signing in', [
        ownMetric('SignInsAccepted'),
        ownMetric('SignInsRefused'),
        ownMetric('RequestsThrottled'),
        ownMetric('MembershipFromCopy'),
      ]),
    );
    const watched: FunctionName[] = ['post-message', 'read-history', 'deliver', 'store'];
    dashboard.addWidgets(
      graph(
        'Function errors',
        watched.map((name) => functions[name].metricErrors({ ...minute, label: name })),
      ),
      graph(
        'Function throttles',
        watched.map((name) => functions[name].metricThrottles({ ...minute, label: name })),
      ),
      graph(
        'Function time, ms',
        watched.map((name) => functions[name].metricDuration({ ...minute, label: name, statistic: 'p99' })),
      ),
    );
    if (props.nodeGroups.length > 0) {
      dashboard.addWidgets(...healthGraphs(props.nodeGroups.length));
      dashboard.addWidgets(...nodeGraphs(props.nodeGroups));
    }
    if (props.clusterName !== undefined)
      dashboard.addWidgets(...brokerGraphs(props.clusterName, props.brokers));
  }
}

function lagOf({ clusterName }: OnCallDashboardProps): IMetric[] {
  // Without MSK the functions still tell how old what they store is.
  if (clusterName === undefined) return [ownMetric('StoreLag', 'max'), ownMetric('DeliveryTime', 'max')];
  return EVENT_SOURCES.map(({ name, topic }) => consumerLag(clusterName, name, TOPICS[topic].name));
}

function brokerGraphs(clusterName: string, brokers: number): GraphWidget[] {
  const ofEach = (metricName: string) =>
    numbersTo(brokers).map((broker) => brokerMetric(clusterName, metricName, broker, 'Maximum'));
  return [
    graph('Brokers: disk, %', ofEach('KafkaDataLogsDiskUsed')),
    graph('Brokers: partitions with too few copies', ofEach('UnderReplicatedPartitions')),
    graph('Brokers: CPU, %', ofEach('CpuUser')),
  ];
}

/** What the nodes say of themselves. */
function healthGraphs(nodes: number): GraphWidget[] {
  const ofEach = (metricName: NodeMetricName) =>
    numbersTo(nodes).map((node) => healthMetric(node, metricName));
  return [
    graph('Nodes: Cassandra answers', ofEach('Answers')),
    graph('Nodes: others they see down', ofEach('NodesSeenDown')),
    graph('Nodes: disk, %', ofEach('DiskUsed')),
    graph('Nodes: kept for others that were away, bytes', ofEach('HintBytes')),
    graph(
      'Nodes: hours since snapshot (left) and repair (right)',
      ofEach('SnapshotAge'),
      ofEach('RepairAge'),
    ),
    graph('Nodes: days of certificate left', ofEach('CertificateDays')),
  ];
}

function nodeGraphs(nodeGroups: readonly string[]): GraphWidget[] {
  const ofEach = (metricName: string) =>
    nodeGroups.map((groupName, index) => nodeMetric(groupName, metricName, `node ${index + 1}`));
  return [
    graph('Nodes: in service', nodeGroups.map(inService)),
    graph('Nodes: CPU, %', ofEach('CPUUtilization')),
    graph('Nodes: bytes written to disks', ofEach('EBSWriteBytes')),
  ];
}

function graph(title: string, left: readonly IMetric[], right: readonly IMetric[] = []): GraphWidget {
  return new GraphWidget({ title, left: [...left], right: [...right], width: WIDTH, height: HEIGHT });
}
