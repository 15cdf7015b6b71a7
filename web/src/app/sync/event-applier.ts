import type {
  MembershipChanged,
  MessageEdited,
  PingMeEvent,
  ReadMarkerMoved,
} from '../../../../core/contract/events.ts';
import type { Message } from '../../../../core/contract/messages.ts';
import { countWithin } from '../../lib/timeline/merge-messages.ts';
import { canCountFrom } from '../../lib/timeline/unread.ts';
import {
  conversationLeft,
  conversationReceived,
  lastMessageEdited,
  messagesHeard,
} from '../state/conversations-slice.ts';
import { memberMoved } from '../state/members-slice.ts';
import { messagesArrived, messagesEdited } from '../state/messages-slice.ts';
import { peopleLearned } from '../state/people-slice.ts';
import type { ConversationList } from './conversation-list.ts';
import type { OpenTimelines } from './open-timelines.ts';
import type { Outbox } from './outbox.ts';
import type { PeopleLoader } from './people-loader.ts';
import type { ReadMarkers } from './read-markers.ts';
import type { StoredWatch } from './stored-watch.ts';
import type { UserContext } from './user-context.ts';

export interface EventTargets {
  readonly list: ConversationList;
  readonly timelines: OpenTimelines;
  readonly outbox: Outbox;
  readonly people: PeopleLoader;
  readonly readMarkers: ReadMarkers;
  readonly storedWatch: StoredWatch;
  readonly onLiveMessages: (messages: readonly Message[]) => void;
  readonly onRevoked: (userId: string) => void;
}

/**
 * Applies what the live connection hears. Every change is one that may come twice, late or in any order with what is
 * read meanwhile, so nothing has to wait for anything.
 */
export class EventApplier {
  readonly #context: UserContext;
  readonly #targets: EventTargets;

  constructor(context: UserContext, targets: EventTargets) {
    this.#context = context;
    this.#targets = targets;
  }

  apply(events: readonly PingMeEvent[]): void {
    const posted = events
      .filter((event) => event.type === 'message.posted')
      .map(({ type: _, ...message }) => message);
    if (posted.length > 0) this.#posted(posted);
    for (const event of events) this.#applySignal(event);
  }

  #applySignal(event: PingMeEvent): void {
    switch (event.type) {
      case 'conversation.stored':
        this.#targets.storedWatch.reported(event);
        this.#targets.timelines.grown(event.conversationId);
        break;
      case 'conversation.skipped':
        this.#targets.storedWatch.skipped(event);
        this.#targets.timelines.grown(event.conversationId);
        break;
      case 'message.edited':
        this.#edited(event);
        break;
      case 'conversation.edited':
        this.#targets.storedWatch.edited(event);
        break;
      case 'membership.changed':
        this.#membershipChanged(event);
        break;
      case 'read-marker.moved':
        if (event.userId === this.#context.ownId) this.#markerMoved(event);
        break;
      case 'session.revoked':
        this.#targets.onRevoked(event.userId);
        break;
      default:
        break;
    }
  }

  #posted(messages: readonly Message[]): void {
    const { store, ownId } = this.#context;
    const byConversation = new Map<string, Message[]>();
    for (const message of messages) {
      const others = byConversation.get(message.conversationId);
      if (others) others.push(message);
      else byConversation.set(message.conversationId, [message]);
    }
    for (const [conversationId, posted] of byConversation) {
      const { conversations, connection } = store.getState();
      store.dispatch(messagesArrived({ conversationId, messages: posted }));
      const held = store.getState().messages.byConversation[conversationId]?.timeline.messages ?? [];
      const news = withoutCopies(held, posted);
      store.dispatch(messagesHeard({ conversationId, messages: news, ownId, attended: connection.attended }));
      if (!conversations.byId[conversationId]) this.#targets.list.refreshSoon();
      this.#targets.timelines.grown(conversationId);
      const newest = posted.at(-1);
      if (newest && conversations.openId === conversationId) {
        this.#targets.storedWatch.expect(conversationId, newest.messageId);
      }
    }
    this.#targets.outbox.seen(messages);
    this.#targets.people.ensure(messages.map(({ sender }) => sender));
    this.#targets.readMarkers.readWhatIsShown();
    this.#targets.onLiveMessages(messages);
  }

  #edited({ type: _, conversationId, ...edit }: MessageEdited): void {
    const { store } = this.#context;
    store.dispatch(messagesEdited({ conversationId, edits: [edit] }));
    store.dispatch(lastMessageEdited({ conversationId, edits: [edit] }));
  }

  #markerMoved({ conversationId, messageId }: ReadMarkerMoved): void {
    const { conversations } = this.#context.store.getState();
    const unread = conversations.byId[conversationId]?.unread;
    this.#targets.readMarkers.heard(conversationId, messageId);
    if (unread && !canCountFrom(unread, messageId)) this.#targets.list.refreshSoon();
  }

  #membershipChanged({ conversationId, userId, change, conversation }: MembershipChanged): void {
    const { store, ownId } = this.#context;
    store.dispatch(memberMoved({ conversationId, userId, change }));
    if (userId !== ownId) return;
    if (change === 'left') {
      store.dispatch(conversationLeft(conversationId));
    } else if (conversation) {
      store.dispatch(conversationReceived(conversation));
      if (conversation.peer) store.dispatch(peopleLearned([conversation.peer]));
    }
    // The event may be older than a change that was made since; the list tells how things stand.
    this.#targets.list.refreshSoon();
  }
}

/** Those of the messages that `held`, into which they were merged, holds: the others are copies of what it held before. */
function withoutCopies(held: readonly Message[], merged: readonly Message[]): readonly Message[] {
  return merged.filter(({ messageId }) => countWithin(held, messageId, messageId) === 1);
}
