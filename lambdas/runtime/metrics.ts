import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRICS, METRICS_NAMESPACE, type MetricName } from '../../core/contract/metrics.ts';

const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: 'ping-me' });

/** Adds to a metric; its unit is the declared one. */
export function count(name: MetricName, value = 1): void {
  metrics.addMetric(name, METRICS[name] === 'Count' ? MetricUnit.Count : MetricUnit.Milliseconds, value);
}

/** What was counted is written after this, whoever else could do it later. */
const LONGEST_WAIT_MS = 1_000;

let publishedAt = 0;

/**
 * Writes what was counted since the last time as one line of CloudWatch's embedded metric format.
 *
 * @param othersUnderWay whether this instance has other invocations under way, which will come here too: the line is then theirs
 *   for a moment. On Lambda there are none; where one process serves all requests, a line each would cost as much as the rest of
 *   a request.
 */
export function publishMetrics(othersUnderWay = false): void {
  if (!metrics.hasStoredMetrics()) return;
  if (othersUnderWay && performance.now() - publishedAt < LONGEST_WAIT_MS) return;
  publishedAt = performance.now();
  metrics.publishStoredMetrics();
}
