import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import { MEMBERSHIP_READ_TIMEOUT_MS, MEMBERSHIP_REMEMBERED_MS } from '../../../core/contract/limits.ts';
import {
  addressOf,
  type ConversationAddress,
  GENERAL_CONVERSATION_ID,
  peerOf,
} from '../../../core/domain/conversation.ts';
import type { Channels } from '../../application/ports/channels.ts';
import type { MembershipCopy } from '../../application/ports/membership-copy.ts';
import type { MembershipStore } from '../../application/ports/membership-store.ts';
import type { MembershipCheck, Standing } from '../../application/ports/memberships.ts';
import { StoreUnavailableError } from '../../application/ports/store-errors.ts';
import { BoundedMemory } from './bounded-memory.ts';

/** Some 150 bytes each: 8 MB. */
const MAX_REMEMBERED = 50_000;
/**
 * How long Cassandra may take once the copy is away too: a request that would otherwise be refused can wait, and D
 * (POST_DEADLINE_MS) leaves the log as much again.
 */
const LAST_RESORT_TIMEOUT_MS = 2_000;

export interface MembershipCheckOptions {
  readonly memberships: MembershipStore;
  readonly copy: MembershipCopy;
  readonly channels: Channels;
  /** Called whenever the copy is asked because Cassandra did not answer in time. */
  readonly onCopyAsked: () => void;
  /** Milliseconds of a clock that never steps back. */
  readonly now?: () => number;
}

/** Asks Cassandra, then the copy, and remembers positive answers for a moment. */
export class TwoStoreMembershipCheck implements MembershipCheck {
  readonly #options: MembershipCheckOptions;
  readonly #now: () => number;
  /** Of positive answers, by user and conversation. */
  readonly #members: BoundedMemory<string, true>;

  constructor(options: MembershipCheckOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#members = new BoundedMemory({
      maxEntries: MAX_REMEMBERED,
      lifetimeMs: MEMBERSHIP_REMEMBERED_MS,
      now: this.#now,
    });
  }

  async standingOf(userId: UserId, conversationId: ConversationId): Promise<Standing> {
    if (conversationId === GENERAL_CONVERSATION_ID) return 'member';
    const address = addressOf(conversationId);
    if (address === undefined) return 'unknown';
    if (address.kind === 'direct' && peerOf(address, userId) === undefined) return 'unknown';

    const key = `${userId} ${conversationId}`;
    if (this.#members.get(key)) return 'member';
    const askedAt = this.#now();
    const standing = await this.#ask(userId, conversationId, address);
    if (standing === 'member') this.#members.set(key, true, askedAt);
    return standing;
  }

  async #ask(
    userId: UserId,
    conversationId: ConversationId,
    address: ConversationAddress,
  ): Promise<Standing> {
    // Asked once with the longest patience and listened to twice: for a moment first, then if the copy is away too.
    const fromTruth = this.#fromTruth(userId, conversationId, address);
    const inTime = await within(MEMBERSHIP_READ_TIMEOUT_MS, fromTruth);
    if (inTime !== undefined) return inTime;
    this.#options.onCopyAsked();
    const copied = await unlessAway(this.#fromCopy(userId, conversationId, address));
    if (copied === 'member') return copied;
    // A refusal can wait for the truth: it may be a moment ahead, and it alone knows channels that one never was in.
    return (await unlessAway(fromTruth)) ?? copied ?? fromTruth;
  }

  async #fromTruth(
    userId: UserId,
    conversationId: ConversationId,
    address: ConversationAddress,
  ): Promise<Standing> {
    const patience = { timeoutMs: LAST_RESORT_TIMEOUT_MS };
    const [membership, channel] = await Promise.all([
      this.#options.memberships.find(userId, conversationId, patience),
      address.kind === 'channel' ? this.#options.channels.find(address.channelId, patience) : undefined,
    ]);
    if (membership?.state === 'joined') return 'member';
    return channel === undefined ? 'unknown' : 'not-a-member';
  }

  async #fromCopy(
    userId: UserId,
    conversationId: ConversationId,
    address: ConversationAddress,
  ): Promise<Standing> {
    const membership = await this.#options.copy.find(userId, conversationId);
    if (membership?.state === 'joined') return 'member';
    // The copy knows nothing of channels that one never was in; whether such a one exists can wait until one joins it.
    return address.kind === 'channel' ? 'not-a-member' : 'unknown';
  }
}

/** What the work comes to; undefined if its store is away. */
async function unlessAway<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreUnavailableError) return undefined;
    throw error;
  }
}

/** What the work comes to within the time; undefined if it takes longer or its store is away. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([unlessAway(work), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
