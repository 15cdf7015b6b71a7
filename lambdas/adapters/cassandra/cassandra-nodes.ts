import { connect, type TLSSocket } from 'node:tls';
import { Client, type ClientOptions, policies, types } from 'cassandra-driver';
import { GENERAL_CHANNEL_ID } from '../../../core/contract/ids.ts';
import type { DatabaseNodes } from '../../application/ports/database-nodes.ts';
import type { CassandraOptions } from './cassandra.ts';

/** CQL native protocol v4, section 2: version, flags, stream (2), opcode, length (4). OPTIONS comes before any log-in. */
const OPTIONS_REQUEST = Buffer.from([0x04, 0, 0, 0, 0x05, 0, 0, 0, 0]);
const HEADER_BYTES = 9;
const OPCODE_AT = 4;
const SUPPORTED = 0x06;

const CONNECT_TIMEOUT_MS = 3_000;
const READ_TIMEOUT_MS = 4_000;

/** Any key: each of three nodes has a copy of every row. */
const PROBE = 'SELECT channel_id FROM channels_by_id WHERE channel_id = ?';

const COPIES = [types.consistencies.one, types.consistencies.two, types.consistencies.three];

type Tls = ClientOptions['sslOptions'];

/** `security` gives TLS and the role of the functions. */
export interface CassandraNodesOptions extends CassandraOptions {
  /** Whom to believe. All it takes to ask who answers: in a cluster that is only being made nobody can log in. */
  readonly tls: () => Promise<Tls>;
}

/** Nodes of our own, which have as many copies of everything as there are nodes, and always speak TLS. */
export class CassandraNodes implements DatabaseNodes {
  readonly #options: CassandraNodesOptions;

  constructor(options: CassandraNodesOptions) {
    this.#options = options;
  }

  async answering(addresses: readonly string[]): Promise<readonly string[]> {
    const tls = await this.#options.tls();
    const answers = await Promise.all(addresses.map((address) => this.#answers(address, tls)));
    return addresses.filter((_, index) => answers[index]);
  }

  #answers(address: string, tls: Tls): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect({ ...tls, host: address, port: this.#options.port }, () => {
        socket.write(OPTIONS_REQUEST);
      });
      socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy());
      socket.on('error', () => resolve(false));
      socket.on('close', () => resolve(false));
      onHeader(socket, (header) => {
        resolve(header[OPCODE_AT] === SUPPORTED);
        socket.destroy();
      });
    });
  }

  async reachOthers(addresses: readonly string[], count: number): Promise<boolean> {
    const { port, localDataCenter, keyspace } = this.#options;
    const consistency = copies(count);
    const client = new Client({
      ...(await this.#options.security?.()),
      contactPoints: [...addresses],
      localDataCenter,
      protocolOptions: { port },
      ...(keyspace === undefined ? {} : { keyspace }),
      socketOptions: { connectTimeout: CONNECT_TIMEOUT_MS, readTimeout: READ_TIMEOUT_MS },
      pooling: { coreConnectionsPerHost: { [types.distance.local]: 1 } },
    });
    try {
      await client.connect();
      for (const address of addresses) {
        const host = client.hosts.values().find((known) => known.address === `${address}:${port}`);
        if (host === undefined) return false;
        // A coordinator that knows fewer up refuses at once; one that is asked must not ask somebody else instead.
        await client.execute(PROBE, [GENERAL_CHANNEL_ID], {
          host,
          prepare: true,
          consistency,
          retry: new policies.retry.FallthroughRetryPolicy(),
        });
      }
      return true;
    } catch {
      return false;
    } finally {
      await client.shutdown();
    }
  }
}

function onHeader(socket: TLSSocket, use: (header: Buffer) => void): void {
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    if (received.length >= HEADER_BYTES) use(received);
  });
}

/** The consistency that so many nodes have to answer for. */
function copies(count: number): types.consistencies {
  const consistency = COPIES[count - 1];
  if (consistency === undefined) throw new RangeError('There are one to three nodes.');
  return consistency;
}
