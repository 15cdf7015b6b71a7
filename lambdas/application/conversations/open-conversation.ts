import type { ConversationSummary } from '../../../core/contract/conversations.ts';
import type { MembershipChanged } from '../../../core/contract/events.ts';
import { announceIfPossible } from '../announce-if-possible.ts';
import type { SignalLog } from '../ports/signal-log.ts';
import { type SummaryPorts, summaryFromTruth } from './conversation-summaries.ts';
import { type EnterInput, type EnterPorts, enterConversation } from './enter-conversation.ts';

export interface OpenPorts extends EnterPorts, SummaryPorts {
  readonly signalLog: SignalLog;
}

/**
 * Makes the users members of a conversation and tells everybody concerned, the users themselves with the row of their
 * side bar.
 *
 * @returns the first user's row
 * @throws {StoreUnavailableError} if Cassandra or DynamoDB is away; doing it again finishes it
 */
export async function openConversation(ports: OpenPorts, input: EnterInput): Promise<ConversationSummary> {
  const [own, ...others] = await enterConversation(ports, input);
  const conversation = await summaryFromTruth(ports, own.membership);
  const signals: MembershipChanged[] = own.isNew ? [joined(own.membership.userId, conversation)] : [];
  for (const { membership, isNew } of others) {
    if (isNew) signals.push(joined(membership.userId, await summaryFromTruth(ports, membership)));
  }
  if (signals.length > 0) await announceIfPossible(ports.signalLog, signals);
  return conversation;
}

function joined(userId: MembershipChanged['userId'], conversation: ConversationSummary): MembershipChanged {
  const { conversationId } = conversation;
  return { type: 'membership.changed', conversationId, userId, change: 'joined', conversation };
}
