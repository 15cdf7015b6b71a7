import type { Context } from 'aws-lambda';
import { type SweepResult, sweepMemberships } from '../application/conversations/sweep-memberships.ts';
import { channels, memberships, userScan } from '../runtime/conversations.ts';
import { liveConnections } from '../runtime/live-connections.ts';
import { logger } from '../runtime/logger.ts';
import { membershipCopy } from '../runtime/membership-copy.ts';
import { membershipWriter } from '../runtime/memberships.ts';

/** A page of users takes seconds at most; what is left is for the page under way. */
const MARGIN_MS = 60_000;

/** Runs by the clock; what Cassandra says is what holds. */
export async function handler(_event: unknown, context: Context): Promise<SweepResult> {
  const result = await sweepMemberships(
    {
      channels: channels(),
      copy: membershipCopy(),
      live: liveConnections(),
      memberships: memberships(),
      users: userScan(),
      writer: membershipWriter(),
    },
    () => context.getRemainingTimeInMillis() > MARGIN_MS,
  );
  logger.info('memberships swept', { ...result });
  return result;
}
