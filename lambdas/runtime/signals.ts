import { KafkaSignalLog } from '../adapters/kafka/kafka-signal-log.ts';
import type { SignalLog } from '../application/ports/signal-log.ts';
import { logSettings } from './environment.ts';
import { logProducer } from './kafka.ts';
import { once } from './once.ts';

export const signalLog = once(
  (): SignalLog => new KafkaSignalLog({ producer: logProducer(), topicPrefix: logSettings().topicPrefix }),
);
