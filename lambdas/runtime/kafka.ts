import type { SASLOptions } from 'kafkajs';
import type { KafkaClientOptions } from '../adapters/kafka/kafka-client.ts';
import { LogProducer } from '../adapters/kafka/log-producer.ts';
import { credentialsAt } from './credentials.ts';
import { type KafkaSettings, kafkaSettings, SettingError } from './environment.ts';
import { logger } from './logger.ts';
import { once } from './once.ts';

/** Settings → options of a client; the seam for SASL. */
export function kafkaClientOptionsOf(settings: KafkaSettings): KafkaClientOptions {
  const sasl = saslOf(settings);
  return {
    brokers: () => settings.brokers,
    tls: settings.tls,
    ...(sasl ? { sasl } : {}),
    onLog: (level, message) => logger[level]('kafka client', { message }),
  };
}

function saslOf(settings: KafkaSettings): SASLOptions | undefined {
  if (settings.authentication === 'none') return undefined;
  if (settings.authentication === 'iam') {
    throw new SettingError('KAFKA_AUTHENTICATION', 'must be none or scram here: iam comes with MSK');
  }
  const { username, password } = credentialsAt('KAFKA_SECRET', settings.secret);
  return { mechanism: 'scram-sha-512', username, password };
}

/** The instance's producer; it connects at its first append. */
export const logProducer = once(() => new LogProducer(kafkaClientOptionsOf(kafkaSettings())));
