import { GENERAL_CHANNEL_ID, type UserId } from '../../../core/contract/ids.ts';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import type { Channels } from '../../application/ports/channels.ts';
import type { ConversationHeads } from '../../application/ports/conversation-heads.ts';
import type { MembershipCopy } from '../../application/ports/membership-copy.ts';
import type { Membership, MembershipStore } from '../../application/ports/membership-store.ts';
import type { MembershipWriter } from '../../application/ports/membership-writer.ts';
import type { ReadMarkers } from '../../application/ports/read-markers.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';

export interface GeneralMembershipPorts {
  readonly memberships: MembershipStore;
  readonly copy: MembershipCopy;
  readonly channels: Channels;
  readonly heads: ConversationHeads;
  readonly readMarkers: ReadMarkers;
}

/** Writes memberships of `general`. A new user has no connections yet, so there is nothing live to change. */
export class GeneralMembershipWriter implements MembershipWriter {
  readonly #ports: GeneralMembershipPorts;

  constructor(ports: GeneralMembershipPorts) {
    this.#ports = ports;
  }

  async addToGeneral(userId: UserId): Promise<void> {
    const { memberships, channels, heads, readMarkers } = this.#ports;
    const [known, channel, head] = await Promise.all([
      memberships.find(userId, GENERAL_CONVERSATION_ID),
      channels.find(GENERAL_CHANNEL_ID),
      heads.headOf(GENERAL_CONVERSATION_ID),
    ]);
    const membership = known?.state === 'joined' ? known : newMembership(userId);
    if (membership !== known) {
      if (head !== undefined) await readMarkers.move(userId, GENERAL_CONVERSATION_ID, head.messageId);
      await memberships.write(membership);
    }
    await this.#copyIfPossible({ ...membership, ...(channel === undefined ? {} : { channel }) });
  }

  async #copyIfPossible(membership: Parameters<MembershipCopy['write']>[0]): Promise<void> {
    try {
      await this.#ports.copy.write(membership);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
  }
}

function newMembership(userId: UserId): Membership {
  const now = Date.now();
  return {
    userId,
    conversationId: GENERAL_CONVERSATION_ID,
    state: 'joined',
    version: now,
    joinedAt: new Date(now),
  };
}
