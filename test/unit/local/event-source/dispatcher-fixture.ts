import type { KafkaMessage } from 'kafkajs';
import { vi } from 'vitest';
import { Dispatcher, type DispatcherOptions } from '../../../../local/event-source/dispatcher.ts';
import type { KafkaEvent } from '../../../../local/event-source/kafka-event.ts';
import type { WaitingRecord } from '../../../../local/event-source/partition-queue.ts';
import type { InvocationResult } from '../../../../local/functions/invocation.ts';

/** An invocation that waits for the test to end it. */
export interface PendingInvocation {
  /** Offsets by partition. */
  readonly offsets: Readonly<Record<string, readonly number[]>>;
  readonly event: KafkaEvent;
  succeed(): Promise<void>;
  /** Answers with failures: pairs of partition and offset. */
  partly(...failures: readonly (readonly [partition: number, offset: number])[]): Promise<void>;
  fail(): Promise<void>;
}

export const SUCCESS: InvocationResult = { kind: 'returned', value: null };

/** A dispatcher whose invocations the test ends one by one, by a clock that the test turns. */
export function dispatcherFixture(changes: Partial<DispatcherOptions> = {}) {
  const invocations: PendingInvocation[] = [];
  const supply = {
    pause: vi.fn<(partition: number) => void>(),
    resume: vi.fn<(partition: number) => void>(),
    progress: vi.fn(),
  };
  const dispatcher = new Dispatcher({
    functionName: 'store',
    topic: 'messages',
    timestampType: 'LOG_APPEND_TIME',
    identity: { kind: 'self-managed', bootstrapServers: ['127.0.0.1:1'] },
    batchSize: 100,
    windowMilliseconds: 0,
    maximumInvocations: 2,
    supply,
    log: () => undefined,
    invoke: (_name, event) =>
      new Promise((resolve) => {
        const end = async (result: InvocationResult) => {
          resolve(result);
          await vi.advanceTimersByTimeAsync(0);
        };
        const kafkaEvent = event as KafkaEvent;
        invocations.push({
          event: kafkaEvent,
          offsets: offsetsOf(kafkaEvent),
          succeed: () => end(SUCCESS),
          partly: (...failures) =>
            end({
              kind: 'returned',
              value: {
                batchItemFailures: failures.map(([partition, offset]) => ({
                  itemIdentifier: { partition: `messages-${partition}`, offset },
                })),
              },
            }),
          fail: () => end({ kind: 'failed', errorType: 'Error', errorMessage: '' }),
        });
      }),
    ...changes,
  });
  return { dispatcher, invocations, supply };
}

export function records(from: number, through: number, bytes = 100): WaitingRecord[] {
  return Array.from({ length: through - from + 1 }, (_, index) => ({
    offset: from + index,
    bytes,
    message: {
      offset: String(from + index),
      key: Buffer.from('k'),
      value: Buffer.from('v'),
      timestamp: '0',
      attributes: 0,
      headers: {},
    } as KafkaMessage,
  }));
}

function offsetsOf(event: KafkaEvent): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(event.records).map(([name, found]) => [
      name.slice('messages-'.length),
      found.map(({ offset }) => offset),
    ]),
  );
}
