import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRICS, METRICS_NAMESPACE, type MetricName } from '../../core/contract/metrics.ts';

const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: 'ping-me' });

/** Adds to a metric; its unit is the declared one. */
export function count(name: MetricName, value = 1): void {
  metrics.addMetric(name, METRICS[name] === 'Count' ? MetricUnit.Count : MetricUnit.Milliseconds, value);
}

/** Writes what was counted since the last time as one line of CloudWatch's embedded metric format. */
export function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}
