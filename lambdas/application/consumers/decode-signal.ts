import type { Signal } from '../../../core/contract/events.ts';
import { signalIn } from '../../../core/contract/records.ts';
import type { LogRecord } from '../ports/log-record.ts';
import { jsonOf } from './decode-message.ts';

/** Decodes a record of the topic `signals`; undefined: it can't be decoded. */
export function decodeSignal(source: LogRecord): Signal | undefined {
  return signalIn(jsonOf(source.value));
}
