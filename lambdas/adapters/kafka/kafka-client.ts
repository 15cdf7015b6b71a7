import net from 'node:net';
import tls from 'node:tls';
import { type ISocketFactory, Kafka, type KafkaConfig, logLevel, type SASLOptions } from 'kafkajs';

export interface KafkaClientOptions {
  /** Asked anew at each connection to the cluster. */
  readonly brokers: () => readonly string[];
  readonly tls: boolean;
  readonly sasl?: SASLOptions;
  /** What the client has to say; it goes to our log. */
  readonly onLog?: (level: 'error' | 'warn' | 'info', message: string) => void;
}

/** A request that takes longer is given up; its outcome is then unknown. Leaves room for a second try within D (4 s). */
export const REQUEST_TIMEOUT_MS = 1_200;
const CONNECTION_TIMEOUT_MS = 800;

/** kafkajs never turns Nagle's algorithm off, which costs small requests milliseconds. */
const socketFactory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const socket = ssl
    ? tls.connect({ host, port, ...(net.isIP(host) ? {} : { servername: host }), ...ssl }, onConnect)
    : net.connect({ host, port }, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  return socket;
};

export function createKafkaClient(options: KafkaClientOptions): Kafka {
  const config: KafkaConfig = {
    clientId: 'ping-me',
    brokers: () => [...options.brokers()],
    socketFactory,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    ...(options.tls ? { ssl: true } : {}),
    ...(options.sasl ? { sasl: options.sasl } : {}),
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
