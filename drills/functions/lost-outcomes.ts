import type { Invoke } from '../../local/functions/invocation.ts';

interface KafkaBatch {
  readonly records: Readonly<Record<string, readonly { readonly offset: number }[]>>;
}

/**
 * Lets the function do all of its work and then says that it failed, which is what an instance looks like that dies after
 * writing and before its offsets are committed. Each batch comes again, as often as it is told.
 */
export class LostOutcomes {
  readonly #timesEach: number;
  readonly #lost = new Map<string, number>();
  #count = 0;

  /** @param timesEach how often the outcome of each batch is lost before one gets through */
  constructor(timesEach: number) {
    this.#timesEach = timesEach;
  }

  get count(): number {
    return this.#count;
  }

  readonly around =
    (invoke: Invoke): Invoke =>
    async (name, event) => {
      const result = await invoke(name, event);
      const batch = beginningOf(event as KafkaBatch);
      const lost = this.#lost.get(batch) ?? 0;
      if (result.kind !== 'returned' || lost >= this.#timesEach) return result;
      this.#lost.set(batch, lost + 1);
      this.#count += 1;
      return { kind: 'failed', errorType: 'Runtime.ExitError', errorMessage: 'the outcome was lost' };
    };
}

/** A batch that comes again begins with the same record. */
function beginningOf({ records }: KafkaBatch): string {
  return Object.entries(records)
    .map(([partition, [first]]) => `${partition}@${first?.offset}`)
    .join(' ');
}
