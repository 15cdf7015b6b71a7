import {
  CLAIM_SECONDS,
  type Claim,
  type ClaimHolder,
  type ClaimKind,
  type Claims,
} from '../../../lambdas/application/ports/claims.ts';

/** Claims in memory. */
export class MemoryClaims implements Claims {
  readonly #rows = new Map<string, ClaimHolder & { readonly endsAt: number }>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  async claim(claim: Claim): Promise<ClaimHolder | undefined> {
    const holder = this.#holderOf(claim.kind, claim.name);
    if (holder) return holder.attemptId === claim.attemptId ? undefined : holder;
    this.#put(claim, false);
    return undefined;
  }

  async takeOver(claim: Claim, from: ClaimHolder): Promise<ClaimHolder | undefined> {
    const holder = this.#holderOf(claim.kind, claim.name);
    if (holder && holder.attemptId !== from.attemptId) return this.claim(claim);
    this.#put(claim, false);
    return undefined;
  }

  async confirm(claim: Claim): Promise<boolean> {
    const holder = this.#holderOf(claim.kind, claim.name);
    if (holder?.attemptId !== claim.attemptId) return false;
    this.#put(claim, true);
    return true;
  }

  async release({ kind, name, attemptId }: Claim): Promise<void> {
    const holder = this.#holderOf(kind, name);
    if (holder?.attemptId === attemptId) this.#rows.delete(`${kind} ${name}`);
  }

  async holderOf(kind: ClaimKind, name: string): Promise<ClaimHolder | undefined> {
    return this.#holderOf(kind, name);
  }

  /** At once: nothing comes between looking and writing. */
  #holderOf(kind: ClaimKind, name: string): ClaimHolder | undefined {
    const row = this.#rows.get(`${kind} ${name}`);
    if (!row || row.endsAt <= this.#now()) return undefined;
    const { owner, attemptId, confirmed } = row;
    return { owner, attemptId, confirmed };
  }

  #put({ kind, name, owner, attemptId }: Claim, confirmed: boolean): void {
    const endsAt = confirmed ? Number.POSITIVE_INFINITY : this.#now() + CLAIM_SECONDS * 1000;
    this.#rows.set(`${kind} ${name}`, { owner, attemptId, confirmed, endsAt });
  }
}
