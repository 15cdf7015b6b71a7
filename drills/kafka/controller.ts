import { once } from 'node:events';
import { connect } from 'node:net';

const DESCRIBE_QUORUM = 55;
const CORRELATION_ID = 1;
const METADATA_TOPIC = '__cluster_metadata';
const TIMEOUT_MS = 5_000;

/**
 * The number of the broker that is the controller now, which is the leader of the metadata log. Clients are told any broker
 * in its place (KIP-631), and kafkajs does not know the request that tells it, so it is made here: DescribeQuorum, version 0
 * (KIP-595).
 *
 * @param broker "127.0.0.1:9092"
 */
export async function controllerOf(broker: string): Promise<number> {
  const [host = '', port = ''] = broker.split(':');
  const socket = connect(Number(port), host);
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`${broker} did not answer DescribeQuorum.`)));
  try {
    await once(socket, 'connect');
    socket.write(request());
    let answer = Buffer.alloc(0);
    for await (const chunk of socket) {
      answer = Buffer.concat([answer, chunk as Buffer]);
      if (answer.length >= 4 && answer.length >= 4 + answer.readInt32BE(0)) break;
    }
    return leaderIn(answer);
  } finally {
    socket.destroy();
  }
}

function request(): Buffer {
  const topic = Buffer.from(METADATA_TOPIC);
  // Compact lengths are one more than the length; 0 ends each group of tagged fields.
  const body = Buffer.concat([
    Buffer.from([2, topic.length + 1]),
    topic,
    Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]),
  ]);
  const header = Buffer.alloc(11);
  header.writeInt16BE(DESCRIBE_QUORUM, 0);
  header.writeInt16BE(0, 2);
  header.writeInt32BE(CORRELATION_ID, 4);
  header.writeInt16BE(-1, 8);
  const length = Buffer.alloc(4);
  length.writeInt32BE(header.length + body.length);
  return Buffer.concat([length, header, body]);
}

function leaderIn(answer: Buffer): number {
  // length, correlation id, tags, error code
  const errorCode = answer.readInt16BE(9);
  if (errorCode !== 0) throw new Error(`DescribeQuorum ended with error ${errorCode}.`);
  // one topic, its name, one partition, its index and error code
  const name = 11 + 1;
  const partitions = name + answer.readUInt8(name);
  return answer.readInt32BE(partitions + 1 + 4 + 2);
}
