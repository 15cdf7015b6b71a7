/** A question that waits longer for the read under way asks by itself: one slow read must not hold up those after it. */
const WAIT_AT_MOST_MS = 50;

/** A read that was sent, and the one that comes after it. */
interface Lane<Answer> {
  /** Resolves once the read has ended, however it did. */
  readonly ended: Promise<unknown>;
  /** Not sent yet. */
  next: Promise<Answer> | undefined;
}

/**
 * Reads of the same thing at the same moment share one. A question that comes alone is asked at once; those that come while it is
 * under way share the next read, which is sent when that one has ended.
 *
 * An answer is never older than its question: nobody is given a read that was sent before they asked, so whoever knows that a write
 * was acknowledged finds it. Joining the read under way would save more and break that; a cache even more so.
 *
 * On Lambda, where an instance has one invocation at a time, only questions of the same invocation ever share.
 */
export class SharedReads<Answer> {
  readonly #lanes = new Map<string, Lane<Answer>>();

  /**
   * @param key the same for questions that have the same answer
   * @param ask sends the read; all who share it are given what it rejects with, too
   */
  read(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const lane = this.#lanes.get(key);
    if (lane === undefined) return this.#send(key, ask);
    lane.next ??= this.#sendAfter(lane, key, ask);
    return lane.next;
  }

  async #sendAfter(lane: Lane<Answer>, key: string, ask: () => Promise<Answer>): Promise<Answer> {
    await withinMs(WAIT_AT_MOST_MS, lane.ended);
    return this.#send(key, ask);
  }

  #send(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const answer = ask();
    const lane: Lane<Answer> = { ended: answer.catch(() => undefined), next: undefined };
    this.#lanes.set(key, lane);
    void lane.ended.then(() => {
      if (lane.next === undefined && this.#lanes.get(key) === lane) this.#lanes.delete(key);
    });
    return answer;
  }
}

async function withinMs(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
