import type { SASLOptions } from 'kafkajs';
import type { KafkaClientOptions } from '../adapters/kafka/kafka-client.ts';
import { LogProducer } from '../adapters/kafka/log-producer.ts';
import { mskIamToken } from '../adapters/kafka/msk-iam-token.ts';
import { readAuthority } from './authority.ts';
import { readCredentials } from './credentials.ts';
import { type KafkaSettings, kafkaSettings, roleCredentials } from './environment.ts';
import { logger } from './logger.ts';
import { once } from './once.ts';

/** Settings → options of a client. */
export function kafkaClientOptionsOf(settings: KafkaSettings): KafkaClientOptions {
  const sasl = saslOf(settings);
  const { tlsAuthority } = settings;
  return {
    brokers: () => settings.brokers,
    tls: settings.tls,
    ...(sasl ? { sasl } : {}),
    ...(tlsAuthority === undefined
      ? {}
      : { authority: () => readAuthority('KAFKA_TLS_AUTHORITY', tlsAuthority) }),
    onLog: (level, message) => logger[level]('kafka client', { message }),
  };
}

function saslOf({ authentication, region, secret }: KafkaSettings): KafkaClientOptions['sasl'] {
  switch (authentication) {
    case 'none':
      return undefined;
    case 'iam':
      return async () => ({
        mechanism: 'oauthbearer',
        oauthBearerProvider: async () => ({ value: await mskIamToken(region, roleCredentials()) }),
      });
    case 'scram':
      return async (): Promise<SASLOptions> => ({
        mechanism: 'scram-sha-512',
        ...(await readCredentials('KAFKA_SECRET', secret)),
      });
  }
}

/** The instance's producer; it connects at its first append. */
export const logProducer = once(() => new LogProducer(kafkaClientOptionsOf(kafkaSettings())));
