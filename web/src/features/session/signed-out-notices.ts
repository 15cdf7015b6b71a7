import type { SignedOutReason } from '../../app/state/session-slice.ts';

/** What `/login` says about how one came there; nothing where one signed out right here. */
export const SIGNED_OUT_NOTICES: Readonly<Record<SignedOutReason, string | undefined>> = {
  'signed-out': undefined,
  expired: 'Your session has ended. Sign in again: drafts and unsent messages are still here.',
  revoked: 'This session was ended from another device, or the password was changed. Sign in again to go on.',
  'signed-out-elsewhere': 'You signed out in another tab.',
};
