import * as z from 'zod/mini';
import type { Signal } from '../../../core/contract/events.ts';
import { signalRecordSchema } from '../../../core/contract/records.ts';
import { jsonOf } from './decode-message.ts';
import type { LogRecord } from './log-record.ts';

/** Decodes a record of the topic `signals`; undefined: it can't be decoded. */
export function decodeSignal(source: LogRecord): Signal | undefined {
  const parsed = z.safeParse(signalRecordSchema, jsonOf(source.value));
  return parsed.success ? parsed.data.signal : undefined;
}
