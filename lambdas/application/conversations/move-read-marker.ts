import type { ConversationId, MessageId, UserId } from '../../../core/contract/ids.ts';
import { announceIfPossible } from '../announce-if-possible.ts';
import type { ConversationHeads } from '../ports/conversation-heads.ts';
import type { MembershipCheck } from '../ports/memberships.ts';
import { Problem } from '../ports/problem.ts';
import type { ReadMarkers } from '../ports/read-markers.ts';
import type { SignalLog } from '../ports/signal-log.ts';
import { orProblem } from '../ports/store-errors.ts';
import { isPlausibleMarker } from './plausible-marker.ts';

export interface MoveReadMarkerPorts {
  readonly membershipCheck: MembershipCheck;
  readonly heads: ConversationHeads;
  readonly readMarkers: ReadMarkers;
  readonly signalLog: SignalLog;
}

/**
 * Marks a conversation as read up to a message and tells the user's other tabs and devices. A marker only moves forward:
 * one that stands there or further on already stays.
 *
 * @throws {Problem} conversation_not_found, validation_failed for an id that is no message of this conversation,
 *   history_unavailable
 */
export async function moveReadMarker(
  ports: MoveReadMarkerPorts,
  userId: UserId,
  conversationId: ConversationId,
  messageId: MessageId,
): Promise<void> {
  await orProblem('history_unavailable', async () => {
    const [standing, head, current] = await Promise.all([
      ports.membershipCheck.standingOf(userId, conversationId),
      ports.heads.headOf(conversationId),
      ports.readMarkers.find(userId, conversationId),
    ]);
    if (standing === 'unknown') throw new Problem('conversation_not_found');
    if (head !== undefined && !isPlausibleMarker(messageId, head.messageId, Date.now())) {
      throw new Problem('validation_failed', {
        fields: [{ field: 'messageId', message: 'must be a message of this conversation' }],
      });
    }
    if (current !== undefined && current >= messageId) return;
    await ports.readMarkers.move(userId, conversationId, messageId);
    await announceIfPossible(ports.signalLog, [
      { type: 'read-marker.moved', conversationId, userId, messageId },
    ]);
  });
}
