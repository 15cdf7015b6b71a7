import { Duration } from 'aws-cdk-lib';
import {
  EventSourceMapping,
  type EventSourceMappingOptions,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { EventSourceDeclaration } from '../../../core/contract/event-sources.ts';
import { TOPICS } from '../../../core/contract/topics.ts';
import { acknowledge } from '../acknowledge.ts';

/**
 * A mapping as it is declared. No on-failure destination: together with one, Lambda gives up after ten retries, and the
 * log must wait for the store for as long as it takes.
 */
export function addEventSourceMapping(
  target: LambdaFunction,
  declaration: EventSourceDeclaration,
  source: EventSourceMappingOptions,
  topicPrefix: string,
): EventSourceMapping {
  const mapping = new EventSourceMapping(target, declaration.name, {
    target,
    ...source,
    kafkaTopic: `${topicPrefix}${TOPICS[declaration.topic].name}`,
    kafkaConsumerGroupId: `${topicPrefix}${declaration.name}`,
    batchSize: declaration.batchSize,
    maxBatchingWindow: Duration.seconds(declaration.maximumBatchingWindowSeconds),
    startingPosition: StartingPosition[declaration.startingPosition],
    provisionedPollerConfig: {
      minimumPollers: declaration.pollers.minimum,
      maximumPollers: declaration.pollers.maximum,
    },
    retryAttempts: declaration.maximumRetryAttempts,
    reportBatchItemFailures: declaration.reportBatchItemFailures,
  });
  // It starts to read as soon as it is there, and needs its rights then.
  if (target.role) mapping.node.addDependency(target.role);
  acknowledge(mapping, {
    'Serverless-LambdaEventSourceMappingDestination':
      'With a destination Lambda stops after ten retries. Batches are retried without limit, and what can never be stored goes to the topic messages-dead.',
  });
  return mapping;
}
