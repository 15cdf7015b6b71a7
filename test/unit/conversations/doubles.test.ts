import { MemoryChannels } from '../../support/doubles/memory-channels.ts';
import { MemoryLiveConnections } from '../../support/doubles/memory-live-connections.ts';
import { MemoryMembershipCopy } from '../../support/doubles/memory-membership-copy.ts';
import { MemoryMembershipStore } from '../../support/doubles/memory-membership-store.ts';
import { MemoryMessageStore } from '../../support/doubles/memory-message-store.ts';
import { MemoryReadMarkers } from '../../support/doubles/memory-read-markers.ts';
import { MemoryStoredMessages } from '../../support/doubles/memory-stored-messages.ts';
import { describeChannels } from '../../support/ports/channels-suite.ts';
import { describeLiveConnections } from '../../support/ports/live-connections-suite.ts';
import { describeMembershipCopy } from '../../support/ports/membership-copy-suite.ts';
import { describeMembershipStore } from '../../support/ports/membership-store-suite.ts';
import { describeReadMarkers } from '../../support/ports/read-markers-suite.ts';
import { describeStoredMessages } from '../../support/ports/stored-messages-suite.ts';

const memberships = new MemoryMembershipStore();
const copy = new MemoryMembershipCopy();
const readMarkers = new MemoryReadMarkers();
const channels = new MemoryChannels();
const live = new MemoryLiveConnections();
const writer = new MemoryMessageStore();
const reader = new MemoryStoredMessages(writer);

describeMembershipStore('in memory', () => memberships);
describeMembershipCopy('in memory', () => copy);
describeReadMarkers('in memory', () => readMarkers);
describeChannels('in memory', () => channels);
describeLiveConnections('in memory', () => live);
describeStoredMessages('in memory', () => ({ writer, reader }));
