import type { ConversationId } from '../../core/contract/ids.ts';
import { Outbox } from '../client/outbox.ts';
import { Person } from '../client/person.ts';
import { Screen } from '../client/screen.ts';
import { seen } from '../ledger/observation.ts';
import type { Recorder } from '../ledger/recorder.ts';
import { waitFor } from '../run/wait-for.ts';
import { Lane } from './lane.ts';
import { Pacer } from './pacer.ts';
import { Reader } from './reader.ts';

export interface LoadOptions {
  /** Everyone is in every conversation. */
  readonly people: number;
  /** How many of them write, each into every conversation; all by default. */
  readonly writers?: number;
  readonly conversations: number;
  readonly postsPerSecond: number;
  /** How many of them have a page open; all by default. */
  readonly screens?: number;
  /** Pages that each of these has open, each with a connection of its own; 1 by default. */
  readonly screensEach?: number;
  /** How often any one of the connections is cut, a second, all together; 0 by default. */
  readonly dropsPerSecond?: number;
  /** People who read histories all the time; 1 by default. */
  readonly readers?: number;
  /** Code points of a message; 80 by default. */
  readonly contentLength?: number;
  /** How many messages of one person wait for one conversation at most, before no more are written; 10 by default. */
  readonly waitingAtMost?: number;
  /** How long an outbox tries before it gives a message up; 180 s by default. */
  readonly patienceMs?: number;
}

const SET_UP_WITHIN_MS = 30_000;
const SETTLED_WITHIN_MS = 240_000;

/** Many senders with outboxes of their own, many screens whose connections break, and readers of history. */
export class Load {
  readonly people: readonly Person[];
  readonly conversations: readonly ConversationId[];
  readonly screens: readonly Screen[];
  readonly readers: readonly Reader[];
  readonly recorder: Recorder;
  readonly #options: LoadOptions;
  readonly #lanes: readonly Lane[];
  readonly #posts: Pacer;
  readonly #drops: Pacer;
  readonly #failures: unknown[] = [];
  #posted = 0;
  #settled = false;

  private constructor(
    recorder: Recorder,
    options: LoadOptions,
    people: readonly Person[],
    conversations: readonly ConversationId[],
  ) {
    this.recorder = recorder;
    this.people = people;
    this.conversations = conversations;
    this.#options = options;
    this.screens = people
      .slice(0, options.screens ?? people.length)
      .flatMap((person) =>
        Array.from(
          { length: options.screensEach ?? 1 },
          (_, page) => new Screen({ person, name: `${person.userId}-${page + 1}`, conversations, recorder }),
        ),
      );
    this.readers = people
      .slice(0, options.readers ?? 1)
      .map((person) => new Reader(person, conversations, recorder));
    const onFailed = (error: unknown) => this.#failures.push(error);
    this.#lanes = people.slice(0, options.writers ?? people.length).flatMap((person) => {
      const outbox = new Outbox(person, { recorder, patienceMs: options.patienceMs ?? 180_000 });
      return conversations.map((conversationId) => new Lane(outbox, conversationId, onFailed));
    });
    this.#posts = new Pacer(() => this.#post());
    this.#drops = new Pacer(() => this.screens[Math.floor(Math.random() * this.screens.length)]?.drop());
  }

  /** Signs people up, puts all of them into new channels, opens their pages, and begins to post. */
  static async begin(origin: string, recorder: Recorder, options: LoadOptions): Promise<Load> {
    const people = await inTurns(options.people, () => patiently(() => Person.signUp(origin)));
    const conversations = await inTurns(options.conversations, async (index) => {
      const founder = people[index % people.length];
      if (founder === undefined) throw new RangeError('A load needs people.');
      const conversationId = await patiently(() => founder.createChannel());
      await Promise.all(
        people
          .filter((person) => person !== founder)
          .map((each) => patiently(() => each.join(conversationId).then(() => true))),
      );
      return conversationId;
    });
    const load = new Load(recorder, options, people, conversations);
    await inTurns(load.screens.length, async (index) => load.screens[index]?.open());
    load.setRate(options.postsPerSecond);
    load.#drops.setRate(options.dropsPerSecond ?? 0);
    return load;
  }

  /** Posts a second from now on; 0 for a pause. */
  setRate(postsPerSecond: number): void {
    this.#posts.setRate(postsPerSecond);
  }

  /** Messages that wait behind another one of their sender and conversation. */
  get waiting(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.waiting, 0);
  }

  /** Resolves once so many more messages are acknowledged. */
  async acknowledges(count: number, timeoutMs?: number): Promise<void> {
    const { ledger } = this.recorder;
    const goal = ledger.acknowledgedCount + count;
    await waitFor(`${count} more acknowledgements`, () => ledger.acknowledgedCount >= goal, timeoutMs);
  }

  /** Stops posting; resolves once all that was written is acknowledged. */
  async stopPosting(): Promise<void> {
    this.setRate(0);
    await Promise.all(this.#lanes.map((lane) => lane.emptied()));
    const [failure] = this.#failures;
    if (failure !== undefined) {
      throw new Error(`${this.#failures.length} messages could not be sent`, { cause: failure });
    }
  }

  /**
   * Stops posting and cutting, and waits until history holds what was acknowledged and every screen shows it, or until that
   * takes too long: the ledger has what it found either way. A load is settled once.
   */
  async settle(timeoutMs = SETTLED_WITHIN_MS): Promise<void> {
    if (this.#settled) return;
    this.#settled = true;
    await this.stopPosting();
    this.#drops.setRate(0);
    await Promise.all(this.readers.map((reader) => reader.close()));
    const { ledger } = this.recorder;
    const isWhole = async () => {
      await this.readHistories();
      const { violations } = ledger.report();
      return violations.lost === 0 && violations.missing === 0 && violations.outdated === 0;
    };
    await waitFor('history and screens to be whole', isWhole, timeoutMs, 500).catch(() => undefined);
  }

  /** Reads every conversation from its newest page to its beginning. */
  async readHistories(): Promise<void> {
    const [reader] = this.people;
    for (const conversationId of this.conversations) {
      const history = await reader?.readHistory(conversationId);
      if (history !== undefined)
        this.recorder.record({ kind: 'history', conversationId, messages: history.map(seen) });
    }
  }

  async close(): Promise<void> {
    this.#posts.setRate(0);
    this.#drops.setRate(0);
    await Promise.all([...this.readers, ...this.screens].map((part) => part.close()));
  }

  #post(): void {
    const lane = this.#lanes[this.#posted % this.#lanes.length];
    this.#posted += 1;
    const { contentLength = 80, waitingAtMost = 10 } = this.#options;
    if (lane === undefined || lane.waiting >= waitingAtMost) return;
    lane.add(`${this.#posted} ${'ping '.repeat(contentLength / 5)}`.slice(0, contentLength));
  }
}

/** Tries again: what is set up behind a bad link, or with few instances, is refused now and then. */
async function patiently<Value>(act: () => Promise<Value>): Promise<Value> {
  return waitFor('the load to be set up', act, SET_UP_WITHIN_MS, 250);
}

/** A few at a time: the load is what comes after it. */
async function inTurns<Value>(count: number, make: (index: number) => Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (let index = 0; index < count; index += 4) {
    const turn = Array.from({ length: Math.min(4, count - index) }, (_, place) => make(index + place));
    values.push(...(await Promise.all(turn)));
  }
  return values;
}
