import type { MessageId } from '../../../core/contract/ids.ts';
import { writeTimestampOf } from '../../../core/domain/message-id.ts';
import type { Statement } from './cassandra.ts';

/**
 * An INSERT whose write timestamp is the log position of `messageId`, so that a later write never gives way to a replay
 * of an earlier one.
 *
 * Amazon Keyspaces takes client timestamps only from 2 days in the past to 5 minutes in the future (AWS: "Use client-side
 * timestamps in queries"), so there the statement goes without; see docs/decisions/0002-write-timestamps.md.
 */
export function insertAt(
  dialect: 'cassandra' | 'keyspaces',
  messageId: MessageId,
  insert: Statement,
): Statement {
  if (dialect === 'keyspaces') return insert;
  return { cql: `${insert.cql} USING TIMESTAMP ?`, values: [...insert.values, writeTimestampOf(messageId)] };
}
