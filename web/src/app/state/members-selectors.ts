import { channelConversationId } from '../../../../core/domain/conversation.ts';
import type { ChannelMembers } from './members-slice.ts';
import type { RootState } from './root-reducer.ts';

/** The members that are known of a channel; undefined before they were asked for. */
export const selectMembers = (state: RootState, channelId: string): ChannelMembers | undefined =>
  state.members.byConversation[channelConversationId(channelId)];
