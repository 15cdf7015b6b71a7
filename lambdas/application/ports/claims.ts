/** What a claimed name is: each kind is a namespace of its own. */
export type ClaimKind = 'user-id' | 'email' | 'channel-name';

/** A wish to have a name, made by one attempt. */
export interface Claim {
  readonly kind: ClaimKind;
  readonly name: string;
  /** Whose name it shall be: a user id or a channel id. */
  readonly owner: string;
  /** Made once per attempt: finding it in place means that an earlier try of the same attempt got through. */
  readonly attemptId: string;
}

/** Who has a name. */
export interface ClaimHolder {
  readonly owner: string;
  readonly attemptId: string;
  /** False while the attempt is under way; such a claim ends by itself (CLAIM_SECONDS). */
  readonly confirmed: boolean;
}

/** How long an unconfirmed claim keeps its name: longer than any function may run, and soon free after a crash. */
export const CLAIM_SECONDS = 60;

/**
 * Names that only one may have. Claim the name, write what it names, confirm: the order makes a crash harmless, since an
 * unconfirmed claim frees its name. Every change is a lightweight transaction and is asked again until its outcome is
 * known, so each method may be called again with the same claim.
 *
 * Every method throws StoreUnavailableError while Cassandra is away; the outcome is then unknown.
 */
export interface Claims {
  /** Claims a name for CLAIM_SECONDS. Undefined: the attempt has it; else who has it instead. */
  claim(claim: Claim): Promise<ClaimHolder | undefined>;
  /** Claims a name that `from` holds, if it still does: for names whose owner turned out never to have come to be. */
  takeOver(claim: Claim, from: ClaimHolder): Promise<ClaimHolder | undefined>;
  /** Makes the claim last. False: it had ended before, and the name is somebody else's or nobody's. */
  confirm(claim: Claim): Promise<boolean>;
  /** Gives the name back, if this attempt has it. */
  release(claim: Claim): Promise<void>;
  /** Who has the name, confirmed or not; undefined: nobody. */
  holderOf(kind: ClaimKind, name: string): Promise<ClaimHolder | undefined>;
}
