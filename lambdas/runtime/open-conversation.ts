import type { Channels } from '../application/ports/channels.ts';
import type { ConversationHeads } from '../application/ports/conversation-heads.ts';
import type { LiveConnections } from '../application/ports/live-connections.ts';
import type { MembershipCopy } from '../application/ports/membership-copy.ts';
import type { MembershipStore } from '../application/ports/membership-store.ts';
import type { Profiles } from '../application/ports/profiles.ts';
import type { ReadMarkers } from '../application/ports/read-markers.ts';
import type { SignalLog } from '../application/ports/signal-log.ts';
import type { UnreadMessages } from '../application/ports/unread-messages.ts';
import { channels, heads, memberships, readMarkers, unread } from './conversations.ts';
import { profiles } from './identity.ts';
import { liveConnections } from './live-connections.ts';
import { membershipCopy } from './membership-copy.ts';
import { signalLog } from './signals.ts';

/** Everything that opening a conversation for its members touches: joining, creating a channel, a direct message. */
export function openingPorts(): {
  readonly channels: Channels;
  readonly copy: MembershipCopy;
  readonly heads: ConversationHeads;
  readonly live: LiveConnections;
  readonly memberships: MembershipStore;
  readonly profiles: Profiles;
  readonly readMarkers: ReadMarkers;
  readonly signalLog: SignalLog;
  readonly unread: UnreadMessages;
} {
  return {
    channels: channels(),
    copy: membershipCopy(),
    heads: heads(),
    live: liveConnections(),
    memberships: memberships(),
    profiles: profiles(),
    readMarkers: readMarkers(),
    signalLog: signalLog(),
    unread: unread(),
  };
}
