import type { MembersResponse } from '../../../core/contract/conversations.ts';
import type { ChannelId, UserId } from '../../../core/contract/ids.ts';
import { PAGE_MAX } from '../../../core/contract/limits.ts';
import { channelConversationId } from '../../../core/domain/conversation.ts';
import type { Channels } from '../ports/channels.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import { Problem } from '../ports/problem.ts';
import type { Profiles } from '../ports/profiles.ts';
import { orProblem } from '../ports/store-errors.ts';

export interface ListMembersPorts {
  readonly channels: Channels;
  readonly memberships: MembershipStore;
  readonly profiles: Profiles;
}

/**
 * A page of a channel's members in order of user id.
 *
 * @throws {Problem} channel_not_found, directory_unavailable
 */
export function listMembers(
  { channels, memberships, profiles }: ListMembersPorts,
  channelId: ChannelId,
  after: UserId | undefined,
): Promise<MembersResponse> {
  return orProblem('directory_unavailable', async () => {
    const [channel, userIds] = await Promise.all([
      channels.find(channelId),
      memberships.membersOf(channelConversationId(channelId), { after, limit: PAGE_MAX + 1 }),
    ]);
    if (channel === undefined) throw new Problem('channel_not_found');
    const page = userIds.slice(0, PAGE_MAX);
    const known = await profiles.profilesOf(page);
    const next = userIds.length > page.length ? page.at(-1) : undefined;
    return {
      members: page.flatMap((userId) => known.get(userId) ?? []),
      ...(next === undefined ? {} : { next }),
    };
  });
}
