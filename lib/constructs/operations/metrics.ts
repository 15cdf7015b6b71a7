import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS, METRICS_NAMESPACE, type MetricName } from '../../../core/contract/metrics.ts';
import { NODE_METRICS_NAMESPACE, type NodeMetricName } from '../../../nodes/cassandra/health-metrics.ts';

const FIVE_MINUTES = Duration.minutes(5);
const ONE_MINUTE = Duration.minutes(1);

/** A metric that the functions count themselves; sums of counts, and by default the 99th percentile of times. */
export function ownMetric(name: MetricName, statistic?: string): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: name,
    dimensionsMap: { service: 'ping-me' },
    statistic: statistic ?? (METRICS[name] === 'Count' ? 'Sum' : 'p99'),
    period: ONE_MINUTE,
    label: name,
  });
}

/** How far a consumer group is behind, over all partitions of its topic, in records. */
export function consumerLag(clusterName: string, group: string, topic: string): Metric {
  return new Metric({
    namespace: 'AWS/Kafka',
    metricName: 'SumOffsetLag',
    dimensionsMap: { 'Cluster Name': clusterName, 'Consumer Group': group, Topic: topic },
    statistic: 'Maximum',
    period: ONE_MINUTE,
    label: group,
  });
}

/** How old the oldest record is that a group has not read, in seconds. */
export function consumerDelay(clusterName: string, group: string, topic: string): Metric {
  return new Metric({
    namespace: 'AWS/Kafka',
    metricName: 'EstimatedMaxTimeLag',
    dimensionsMap: { 'Cluster Name': clusterName, 'Consumer Group': group, Topic: topic },
    statistic: 'Maximum',
    period: ONE_MINUTE,
    label: group,
  });
}

export function brokerMetric(
  clusterName: string,
  metricName: string,
  brokerId: number,
  statistic: string,
): Metric {
  return new Metric({
    namespace: 'AWS/Kafka',
    metricName,
    dimensionsMap: { 'Cluster Name': clusterName, 'Broker ID': String(brokerId) },
    statistic,
    period: ONE_MINUTE,
    label: `broker ${brokerId}`,
  });
}

export function clusterMetric(clusterName: string, metricName: string): Metric {
  return new Metric({
    namespace: 'AWS/Kafka',
    metricName,
    dimensionsMap: { 'Cluster Name': clusterName },
    statistic: 'Maximum',
    period: ONE_MINUTE,
  });
}

/** Instances that serve in a group: 1, or a node is away. */
export function inService(groupName: string): Metric {
  return new Metric({
    namespace: 'AWS/AutoScaling',
    metricName: 'GroupInServiceInstances',
    dimensionsMap: { AutoScalingGroupName: groupName },
    statistic: 'Minimum',
    period: ONE_MINUTE,
  });
}

export function nodeMetric(groupName: string, metricName: string, label: string): Metric {
  return new Metric({
    namespace: 'AWS/EC2',
    metricName,
    dimensionsMap: { AutoScalingGroupName: groupName },
    statistic: 'Maximum',
    period: FIVE_MINUTES,
    label,
  });
}

/** What a Cassandra node says of itself once a minute, at its worst. */
export function healthMetric(node: number, metricName: NodeMetricName): Metric {
  return new Metric({
    namespace: NODE_METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { Node: String(node) },
    statistic: metricName === 'Answers' || metricName === 'CertificateDays' ? 'Minimum' : 'Maximum',
    period: ONE_MINUTE,
    label: `node ${node}`,
  });
}

/** 1 to the count: the ids that MSK gives to brokers, and our numbers of nodes. */
export function numbersTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
