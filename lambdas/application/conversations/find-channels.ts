import type { Channel, ChannelsResponse, FindChannelsQuery } from '../../../core/contract/conversations.ts';
import type { UserId } from '../../../core/contract/ids.ts';
import { CHANNEL_NAME_PATTERN, SEARCH_RESULTS_MAX } from '../../../core/contract/limits.ts';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import type { Channels } from '../ports/channels.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import { orProblem } from '../ports/store-errors.ts';

export interface FindChannelsPorts {
  readonly channels: Channels;
  readonly memberships: MembershipStore;
}

/**
 * Channels by exact name, by the beginning of their name or all of them, in order of name, SEARCH_RESULTS_MAX a page.
 *
 * @throws {Problem} directory_unavailable
 */
export function findChannels(
  { channels, memberships }: FindChannelsPorts,
  userId: UserId,
  query: FindChannelsQuery,
): Promise<ChannelsResponse> {
  return orProblem('directory_unavailable', async () => {
    const found = await matching(channels, query);
    const page = found.slice(0, SEARCH_RESULTS_MAX);
    const conversationIds = page.map(({ conversationId }) => conversationId);
    const joined = await memberships.joinedAmong(userId, conversationIds);
    const next = found.length > page.length ? page.at(-1)?.name : undefined;
    return {
      channels: page.map((channel) => ({
        ...channel,
        joined: channel.conversationId === GENERAL_CONVERSATION_ID || joined.has(channel.conversationId),
      })),
      ...(next === undefined ? {} : { next }),
    };
  });
}

/** One more than a page, to tell whether there is a next one. */
async function matching(
  channels: Channels,
  { name, query, after }: FindChannelsQuery,
): Promise<readonly Channel[]> {
  if (name !== undefined) {
    const channel = await channels.findByName(name);
    return channel === undefined ? [] : [channel];
  }
  // People write a channel as "#name".
  const prefix = (query ?? '').trim().toLowerCase().replace(/^#/, '');
  if (prefix !== '' && !CHANNEL_NAME_PATTERN.test(prefix)) return [];
  return channels.list({ prefix, after, limit: SEARCH_RESULTS_MAX + 1 });
}
