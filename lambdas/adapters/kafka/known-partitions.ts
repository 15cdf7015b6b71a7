import { type ICustomPartitioner, type Message, Partitioners, type PartitionMetadata } from 'kafkajs';

/** kafkajs's own partitioner, which remembers what it was told of each topic, so that it can be asked beforehand. */
export class KnownPartitions {
  readonly #partitionOf = Partitioners.DefaultPartitioner();
  readonly #topics = new Map<string, PartitionMetadata[]>();

  /** For the producer. */
  readonly createPartitioner: ICustomPartitioner = () => (request) => {
    this.#topics.set(request.topic, request.partitionMetadata);
    return this.#partitionOf(request);
  };

  /** The partition that a message with a key goes to; undefined before the first one of its topic was sent. */
  partitionOf(topic: string, message: Message): number | undefined {
    const partitionMetadata = this.#topics.get(topic);
    return partitionMetadata && this.#partitionOf({ topic, message, partitionMetadata });
  }

  /** The broker that led the partition when something was last sent to its topic. */
  leaderOf(topic: string, partition: number): number | undefined {
    return this.#topics.get(topic)?.find(({ partitionId }) => partitionId === partition)?.leader;
  }
}
