import { randomBytes } from 'node:crypto';
import type { ConversationId, UserId } from '../../../core/contract/ids.ts';
import { conversationAudience } from '../../../core/domain/audience.ts';
import { addressOf, GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import { forEachConcurrently } from '../concurrency.ts';
import type { Channels } from '../ports/channels.ts';
import type { MembershipWriter } from '../ports/membership-writer.ts';
import type { UserScan } from '../ports/user-scan.ts';
import { enterConversation, type MembershipPlaces } from './enter-conversation.ts';
import { exitConversation } from './exit-conversation.ts';
import { joinedMembership, type KnownMembership, leftMembership } from './membership-change.ts';

export interface SweepPorts extends MembershipPlaces {
  readonly channels: Channels;
  readonly users: UserScan;
  readonly writer: MembershipWriter;
}

export interface SweepResult {
  /** Users whose memberships were compared; some twice, where the end meets the beginning. */
  readonly users: number;
  /** Memberships that were brought to what Cassandra says. */
  readonly repairs: number;
  /** False: time ran out. The next run begins elsewhere, so all are covered in the end. */
  readonly complete: boolean;
}

const PAGE = 100;
const CONCURRENCY = 4;
/** A copy that is ahead of the truth for longer than this was left by a function that failed: none runs so long. */
const UNDER_WAY_MS = 10 * 60_000;

/**
 * Compares every user's memberships in Cassandra with the copy, both ways, and brings the copy and the live connections
 * to what Cassandra says; adds to `general` whoever is missing there.
 *
 * @param hasTimeLeft asked before each page of users
 * @throws {StoreUnavailableError} if Cassandra or DynamoDB is away
 */
export async function sweepMemberships(ports: SweepPorts, hasTimeLeft: () => boolean): Promise<SweepResult> {
  const startAt = randomBytes(8).readBigInt64BE();
  let users = 0;
  let repairs = 0;
  let position: bigint | undefined = startAt;
  let wrapped = false;
  while (hasTimeLeft()) {
    const page = await ports.users.usersAfter(position, PAGE);
    await forEachConcurrently(page.userIds, CONCURRENCY, async (userId) => {
      const repaired = await sweepUser(ports, userId);
      repairs += repaired;
      users += 1;
    });
    if (wrapped && (page.next === undefined || page.next >= startAt))
      return { users, repairs, complete: true };
    wrapped ||= page.next === undefined;
    position = page.next;
  }
  return { users, repairs, complete: false };
}

/** @returns how many memberships were repaired */
async function sweepUser(ports: SweepPorts, userId: UserId): Promise<number> {
  const copies = new Map((await ports.copy.listOf(userId)).map((copy) => [copy.conversationId, copy]));
  const truths = new Map(
    (await ports.memberships.listOf(userId)).map((truth) => [truth.conversationId, truth]),
  );
  let repairs = 0;
  if (truths.get(GENERAL_CONVERSATION_ID)?.state !== 'joined') {
    await ports.writer.addToGeneral(userId);
    truths.delete(GENERAL_CONVERSATION_ID);
    copies.delete(GENERAL_CONVERSATION_ID);
    repairs += 1;
  }
  for (const conversationId of new Set([...truths.keys(), ...copies.keys()])) {
    const known = { truth: truths.get(conversationId), copy: copies.get(conversationId) };
    if ((known.truth?.state === 'joined') === (known.copy?.state === 'joined') || isUnderWay(known)) continue;
    await repair(ports, userId, conversationId, known);
    repairs += 1;
  }
  return repairs;
}

function isUnderWay({ truth, copy }: KnownMembership): boolean {
  const copyVersion = copy?.version ?? 0;
  return copyVersion > (truth?.version ?? 0) && copyVersion > Date.now() - UNDER_WAY_MS;
}

/**
 * Writes with the least version that is newer than what was compared, so that whatever the user does meanwhile counts as
 * newer still.
 */
async function repair(
  ports: SweepPorts,
  userId: UserId,
  conversationId: ConversationId,
  known: KnownMembership,
): Promise<void> {
  const address = addressOf(conversationId);
  // A direct message can't be left: one that only the copy knows is one whose opening was cut short.
  if (known.truth?.state !== 'joined' && address?.kind !== 'direct') {
    const left = leftMembership(known, 0);
    if (left !== undefined) await exitConversation(ports, left);
    return;
  }
  const channel = address?.kind === 'channel' ? await ports.channels.find(address.channelId) : undefined;
  await enterConversation(ports, [joinedMembership(userId, conversationId, known, 0)], channel);
  // Who left meanwhile was let in again just now, though the later change counts.
  const standing = await ports.copy.find(userId, conversationId);
  if (standing?.state === 'left')
    await ports.live.unsubscribeUser(userId, conversationAudience(conversationId));
}
