import type { EventSourceMapping, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { EventSourceDeclaration } from '../../../core/contract/event-sources.ts';

/** Name of a topic as its declaration has it, without a prefix. */
export type DeclaredTopic = 'messages' | 'signals' | 'messages-dead';

/** What a function that reads or writes records needs to know of the topics: what is not the default. */
export function topicSettings({
  topicPrefix = '',
  messagesGeneration,
}: {
  readonly topicPrefix?: string;
  readonly messagesGeneration: number;
}): Record<string, string> {
  return {
    ...(topicPrefix === '' ? {} : { TOPIC_PREFIX: topicPrefix }),
    ...(messagesGeneration === 0 ? {} : { MESSAGES_GENERATION: String(messagesGeneration) }),
  };
}

/** The log that everything goes through: a cluster of the stack's own, or one that the user already has. */
export interface MessageLog {
  /** How a function connects. */
  readonly connectionSettings: Readonly<Record<string, string>>;
  /** See `topicSettings`. */
  readonly topicSettings: Readonly<Record<string, string>>;
  /** What the set-up function needs to know besides. */
  readonly setUpSettings: Readonly<Record<string, string>>;
  /** ARN of the cluster where it is MSK. */
  readonly clusterArn: string | undefined;
  grantProduce(topic: DeclaredTopic, target: LambdaFunction): void;
  grantConsume(topic: DeclaredTopic, group: string, target: LambdaFunction): void;
  /** Lets the set-up function make topics where they are no resources, and check them everywhere. */
  grantSetUp(target: LambdaFunction): void;
  /** Lambda reads the topic for the function, as declared. */
  addEventSource(target: LambdaFunction, declaration: EventSourceDeclaration): EventSourceMapping;
}
