import { TOPICS } from '../../core/contract/topics.ts';
import { logSettings } from './environment.ts';

/** The topic `messages` by its name in this system. */
export function messagesTopic(): string {
  return `${logSettings().topicPrefix}${TOPICS.messages.name}`;
}
