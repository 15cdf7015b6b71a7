import type { FakeAws } from './fake-aws.ts';

interface PublishedMetrics {
  readonly namespace: string | undefined;
  /** By the metric's name, in the order of the call. */
  readonly metrics: Readonly<
    Record<string, { readonly value: number; readonly unit: string; readonly node: string }>
  >;
}

const DATUM = /^MetricName=(\w+),Value=([\d.]+),Unit=(\w+),Dimensions=\[\{Name=Node,Value=(\w+)\}\]$/;

/** What the last call of `aws cloudwatch put-metric-data` said. */
export function publishedMetrics(aws: FakeAws): PublishedMetrics {
  const values = aws.read('put-metric-data').trimEnd().split('\n');
  const data = values.slice(values.indexOf('--metric-data') + 1);
  return {
    namespace: values[values.indexOf('--namespace') + 1],
    metrics: Object.fromEntries(
      data.map((datum) => {
        const [, name = '', value, unit = '', node = ''] = DATUM.exec(datum) ?? [];
        if (name === '') throw new Error(`This is no datum: ${datum}`);
        return [name, { value: Number(value), unit, node }];
      }),
    ),
  };
}
