import { ConfigError } from './config-error.ts';
import type { ContextReader } from './context-reader.ts';

/** Keys with an ARN of something that functions and event sources reach in their own region only. */
const OF_THE_REGION = [
  'existing.kafka.cluster',
  'existing.kafka.secret',
  'existing.kafka.authority',
  'existing.cassandra.secret',
  'existing.cassandra.authority',
  'restore.cluster',
  'restore.administratorSecret',
];

/**
 * Refuses ARNs of another region than the deployment's.
 *
 * @param reader that has checked the form of each already
 */
export function checkArnRegions(reader: ContextReader, region: string): void {
  for (const key of OF_THE_REGION) {
    // arn:<partition>:<service>:<region>:<account>:…
    const named = reader.text(key)?.split(':')[3];
    if (named !== undefined && named !== region) {
      throw new ConfigError(key, `is of ${named} and must be of ${region}, the context value region`);
    }
  }
}
