import { Kafka, type KafkaConfig, logLevel, type SASLOptions } from 'kafkajs';
import { lowLatencySocket } from './low-latency-socket.ts';

export interface KafkaClientOptions {
  /** Asked anew at each connection to the cluster. */
  readonly brokers: () => readonly string[];
  readonly tls: boolean;
  /** With TLS, the PEM text of the certificates that the brokers' are signed with; asked for each client. Absent: Node's own list. */
  readonly authority?: () => Promise<string>;
  /** How to prove who one is; asked for each client, so that what was rotated is read again. */
  readonly sasl?: () => Promise<SASLOptions>;
  /** What the client has to say; it goes to our log. */
  readonly onLog?: (level: 'error' | 'warn' | 'info', message: string) => void;
}

/** A request that takes longer is given up; its outcome is then unknown. Leaves room for a second try within D (4 s). */
export const REQUEST_TIMEOUT_MS = 1_200;
const CONNECTION_TIMEOUT_MS = 800;

export async function createKafkaClient(options: KafkaClientOptions): Promise<Kafka> {
  const config: KafkaConfig = {
    clientId: 'ping-me',
    brokers: () => [...options.brokers()],
    socketFactory: lowLatencySocket,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    ...(options.tls ? { ssl: options.authority ? { ca: [await options.authority()] } : true } : {}),
    ...(options.sasl ? { sasl: await options.sasl() } : {}),
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 3 },
    logLevel: logLevel.WARN,
    logCreator:
      () =>
      ({ level, log }) => {
        const severity = level === logLevel.ERROR ? 'error' : level === logLevel.WARN ? 'warn' : 'info';
        options.onLog?.(severity, log.message);
      },
  };
  return new Kafka(config);
}
