import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import type { ConversationId } from '../../core/contract/ids.ts';
import type { Message } from '../../core/contract/messages.ts';
import { idOfPlace, placeOf } from '../kafka/place-of-id.ts';
import { digestOf } from '../ledger/observation.ts';
import type { Recorder } from '../ledger/recorder.ts';

type Post = Pick<Message, 'conversationId' | 'messageId' | 'sender'>;

export interface HandWrittenOptions {
  readonly brokers: readonly string[];
  readonly topicPrefix: string;
  /** Which making of the topic it is. */
  readonly generation: number;
  readonly recorder: Recorder;
}

/** Records that are put into the log by hand, past the functions: edits of posts, edits of nothing, and poison. */
export class HandWritten {
  readonly #options: HandWrittenOptions;
  readonly #producer: Producer;
  #edits = 0;
  #orphans = 0;
  #poison = 0;

  private constructor(options: HandWrittenOptions, producer: Producer) {
    this.#options = options;
    this.#producer = producer;
  }

  static async open(options: HandWrittenOptions): Promise<HandWritten> {
    const producer = new Kafka({ brokers: [...options.brokers], logLevel: logLevel.NOTHING }).producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
    });
    await producer.connect();
    return new HandWritten(options, producer);
  }

  get edits(): number {
    return this.#edits;
  }

  get orphans(): number {
    return this.#orphans;
  }

  get poison(): number {
    return this.#poison;
  }

  /** All of them together. */
  get records(): number {
    return this.#edits + this.#orphans + this.#poison;
  }

  /** An edit that must count. */
  async edit(post: Post, content = `edited, number ${this.#edits + 1}`): Promise<void> {
    this.#edits += 1;
    const { conversationId, messageId, sender } = post;
    const editId = await this.#append(conversationId, JSON.stringify(recordOf(post, content)));
    const digest = digestOf(content);
    this.#options.recorder.record({ kind: 'edited', conversationId, messageId, sender, editId, digest });
  }

  /** Edits that must not count: of a post that does not exist, and of this one by somebody else. */
  async orphan(post: Post, stranger: string): Promise<void> {
    const place = placeOf(post.messageId);
    const nowhere = idOfPlace({ ...place, appendedAt: place.appendedAt + 1 }, this.#options.generation);
    for (const orphan of [
      { ...post, messageId: nowhere },
      { ...post, sender: stranger },
    ]) {
      this.#orphans += 1;
      await this.#append(post.conversationId, JSON.stringify(recordOf(orphan, 'of no post of mine')));
    }
  }

  async spoil(conversationId: ConversationId): Promise<void> {
    this.#poison += 1;
    await this.#append(conversationId, '{"type":"message.edited","version":1}');
  }

  async close(): Promise<void> {
    await this.#producer.disconnect();
  }

  /** Resolves with the id of the record once three brokers have it. */
  async #append(conversationId: ConversationId, value: string): Promise<string> {
    const [appended] = await this.#producer.send({
      topic: `${this.#options.topicPrefix}messages`,
      acks: -1,
      messages: [{ key: conversationId, value }],
    });
    if (appended?.baseOffset === undefined || appended.logAppendTime === undefined)
      throw new Error('The log did not say where the record stands.');
    const { partition, baseOffset, logAppendTime } = appended;
    const place = { partition, offset: BigInt(baseOffset), appendedAt: Number(logAppendTime) };
    return idOfPlace(place, this.#options.generation);
  }
}

function recordOf({ conversationId, messageId, sender }: Post, content: string): object {
  return { type: 'message.edited', version: 1, conversationId, sender, messageId, content };
}
