import type { ISocketFactory } from 'kafkajs';
import { lowLatencySocket } from '../adapters/kafka/low-latency-socket.ts';

/** How functions open connections to Kafka; the event source of the one-machine run opens its own likewise. */
export const kafkaSocket: ISocketFactory = lowLatencySocket;
