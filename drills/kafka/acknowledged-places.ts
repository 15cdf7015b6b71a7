import type { Finding } from '../drill.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { keyOf, type MessageKey } from '../ledger/observation.ts';
import { placeOf } from './place-of-id.ts';
import type { TopicRecord } from './read-topic.ts';

/** Every acknowledgement names a record of the log that holds this very message. */
export function acknowledgementsAreTrue(ledger: Ledger, records: readonly TopicRecord[]): Finding {
  const inLog = new Map(
    records.map(({ partition, offset, value }) => [
      `${partition}@${offset}`,
      keyOf(JSON.parse(value ?? '{}') as MessageKey),
    ]),
  );
  let untrue = 0;
  for (const [key, messageId] of ledger.acknowledgements()) {
    const { partition, offset } = placeOf(messageId);
    if (inLog.get(`${partition}@${offset}`) !== key) untrue += 1;
  }
  return {
    promise: 'an acknowledgement names the record that holds the message',
    kept: untrue === 0,
    measured: `${untrue} untrue of ${ledger.acknowledgedCount}`,
  };
}
