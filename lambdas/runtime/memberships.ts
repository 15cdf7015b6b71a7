import { GeneralMembershipWriter } from '../adapters/membership/general-membership-writer.ts';
import { TwoStoreMembershipCheck } from '../adapters/membership/membership-check.ts';
import type { MembershipWriter } from '../application/ports/membership-writer.ts';
import type { MembershipCheck } from '../application/ports/memberships.ts';
import { channels, heads, memberships, readMarkers } from './conversations.ts';
import { membershipCopy } from './membership-copy.ts';
import { count } from './metrics.ts';
import { once } from './once.ts';

export const membershipCheck = once(
  (): MembershipCheck =>
    new TwoStoreMembershipCheck({
      memberships: memberships(),
      copy: membershipCopy(),
      channels: channels(),
      onCopyAsked: () => count('MembershipFromCopy'),
    }),
);

export const membershipWriter = once(
  (): MembershipWriter =>
    new GeneralMembershipWriter({
      memberships: memberships(),
      copy: membershipCopy(),
      channels: channels(),
      heads: heads(),
      readMarkers: readMarkers(),
    }),
);
