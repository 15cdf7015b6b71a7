import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { PingMeEvent } from '../../core/contract/events.ts';
import type { ConversationId, MessageId } from '../../core/contract/ids.ts';
import type { HistoryResponse } from '../../core/contract/messages.ts';
import { digestOf, type SeenMessage, seen } from '../ledger/observation.ts';
import type { Recorder } from '../ledger/recorder.ts';
import type { Person } from './person.ts';
import { ReconnectPace } from './reconnect-pace.ts';
import type { SocketClient } from './socket-client.ts';
import { Timeline } from './timeline.ts';

export interface ScreenOptions {
  readonly person: Person;
  /** In the ledger. */
  readonly name: string;
  readonly conversations: readonly ConversationId[];
  readonly recorder: Recorder;
}

interface Range {
  readonly first: MessageId;
  readonly through: MessageId;
  readonly count: number;
}

/** As the design has it: between 1 and 3 s after a range was found wanting. */
const GAP_JITTER_MS = { from: 1_000, spread: 2_000 };
const RETRY_MS = { first: 200, longest: 3_000 };

/**
 * An open page: opens the socket first and then reads what it lacks, compares each range that is said to be stored with
 * what it holds, reads gaps, and comes back when its connection ends.
 */
export class Screen {
  readonly #options: ScreenOptions;
  readonly #timelines = new Map<ConversationId, Timeline>();
  /** Everything up to here is on the screen. */
  readonly #knownThrough = new Map<ConversationId, MessageId>();
  readonly #mending = new Map<ConversationId, Promise<void>>();
  /** What the log has, or history, and the screen lacks. */
  readonly #suspected = new Map<ConversationId, Range[]>();
  readonly #ended = new AbortController();
  #socket: SocketClient | undefined;
  #running: Promise<void> | undefined;
  #connections = 0;

  constructor(options: ScreenOptions) {
    this.#options = options;
    // Each pause listens, and there are many at once.
    setMaxListeners(0, this.#ended.signal);
    for (const conversationId of options.conversations) this.#show(conversationId);
  }

  get name(): string {
    return this.#options.name;
  }

  /** How often it has connected. */
  get connections(): number {
    return this.#connections;
  }

  get isConnected(): boolean {
    return this.#socket !== undefined;
  }

  /** Resolves once it is connected and has read what there was. */
  async open(): Promise<void> {
    const opened = new Promise<void>((resolve) => {
      this.#running = this.#run(resolve);
    });
    await opened;
  }

  /** Cuts the connection, as a bad link does; it comes back by itself. */
  drop(): void {
    this.#socket?.terminate();
  }

  /** Joins a channel, and shows it from then on. */
  async join(conversationId: ConversationId): Promise<void> {
    await this.#options.person.join(conversationId);
    this.#show(conversationId);
    await this.#mend(conversationId);
  }

  /** Leaves a channel; from the answer on nothing of it may be heard. */
  async leave(conversationId: ConversationId): Promise<void> {
    const { person, recorder } = this.#options;
    await person.leave(conversationId);
    recorder.record({ kind: 'left', listener: this.name, conversationId });
    this.#timelines.delete(conversationId);
  }

  /** Reads every conversation once more, as a page does when it comes into view. */
  async refresh(): Promise<void> {
    await Promise.all(
      [...this.#timelines].map(([conversationId, { knowsEdits }]) =>
        // What was read before may have been edited meanwhile, and nobody says so twice.
        this.#mend(conversationId, knowsEdits ? BEGINNING : undefined),
      ),
    );
  }

  async close(): Promise<void> {
    this.#ended.abort();
    this.#socket?.terminate();
    await this.#running;
    await Promise.all(this.#mending.values());
  }

  #show(conversationId: ConversationId): void {
    this.#timelines.set(conversationId, new Timeline());
    this.#options.recorder.record({ kind: 'listens', listener: this.name, conversationId });
  }

  async #run(opened: () => void): Promise<void> {
    const { person, recorder } = this.#options;
    const pace = new ReconnectPace();
    while (!this.#ended.signal.aborted) {
      const socket = await person.listen().catch(() => undefined);
      if (socket === undefined) {
        await this.#wait(pace.failed());
        // An expired session is refreshed by whatever is called next.
        if (pace.asksWhy) await person.api.call('read-own-profile').catch(() => undefined);
        continue;
      }
      const openedAt = performance.now();
      this.#socket = socket;
      this.#connections += 1;
      recorder.record({ kind: 'connected', listener: this.name });
      socket.onEvent((event) => this.#hear(event));
      if (this.#ended.signal.aborted) socket.terminate();
      void this.refresh().then(opened);
      await socket.closed;
      this.#socket = undefined;
      recorder.record({ kind: 'disconnected', listener: this.name });
      await this.#wait(pace.failed(performance.now() - openedAt));
    }
    opened();
  }

  #hear(event: PingMeEvent): void {
    const { recorder } = this.#options;
    if (event.type === 'message.posted') {
      const message = seen(event);
      recorder.record({ kind: 'heard', listener: this.name, message });
      this.#hold(event.conversationId, message);
    } else if (event.type === 'message.edited') {
      const { conversationId, messageId, sender, content, edit } = event;
      const heard = { conversationId, messageId, sender, editId: edit.editId, digest: digestOf(content) };
      this.#changed(this.#timelines.get(conversationId)?.edit(heard));
    } else if (event.type === 'conversation.edited') {
      for (const { messageId, editId } of event.edits) {
        void this.#compareEdit(event.conversationId, messageId, editId);
      }
    } else if (event.type === 'conversation.stored') {
      const { conversationId, through, count } = event;
      recorder.record({ kind: 'stored', conversationId, through, count });
      void this.#compare(conversationId, event);
    } else if (event.type === 'conversation.skipped') {
      void this.#compare(event.conversationId, event);
    }
  }

  /** Has ranges looked at again that are wanting, as the page does: together, one read at a time. */
  async #compare(conversationId: ConversationId, range: Range): Promise<void> {
    const lacks = ({ first, through, count }: Range) => {
      const timeline = this.#timelines.get(conversationId);
      return timeline !== undefined && timeline.countBetween(first, through) < count;
    };
    if (!lacks(range)) return;
    const known = this.#suspected.get(conversationId);
    if (known !== undefined) {
      known.push(range);
      return;
    }
    const suspected = [range];
    this.#suspected.set(conversationId, suspected);
    while (suspected.length > 0 && !this.#ended.signal.aborted) {
      await this.#jitter();
      const firsts = suspected
        .splice(0)
        .filter(lacks)
        .map(({ first }) => first);
      const [first] = firsts.sort();
      if (first !== undefined)
        await this.#mend(conversationId, this.#timelines.get(conversationId)?.lastBefore(first) ?? BEGINNING);
    }
    this.#suspected.delete(conversationId);
  }

  async #compareEdit(conversationId: ConversationId, messageId: MessageId, editId: MessageId): Promise<void> {
    const timeline = this.#timelines.get(conversationId);
    if (timeline?.lacksEdit(messageId, editId) !== true) return;
    await this.#jitter();
    if (timeline.lacksEdit(messageId, editId))
      await this.#mend(conversationId, timeline.lastBefore(messageId) ?? BEGINNING);
  }

  #hold(conversationId: ConversationId, message: SeenMessage): void {
    const shown = this.#timelines.get(conversationId)?.hold(message);
    // An edit of it had been heard before.
    if (shown?.messageId === message.messageId && shown.editId !== message.editId) this.#changed(shown);
  }

  #changed(message: SeenMessage | undefined): void {
    if (message !== undefined)
      this.#options.recorder.record({ kind: 'changed', listener: this.name, message });
  }

  /** Reads what comes after `from`, and at least what is newer than what is known to be complete; one at a time. */
  #mend(conversationId: ConversationId, from?: MessageId): Promise<void> {
    const before = this.#mending.get(conversationId) ?? Promise.resolve();
    const mending = before.then(() => this.#read(conversationId, from));
    this.#mending.set(conversationId, mending);
    return mending;
  }

  async #read(conversationId: ConversationId, from?: MessageId): Promise<void> {
    const known = this.#knownThrough.get(conversationId) ?? BEGINNING;
    let after = from === undefined || from > known ? known : from;
    for (let failures = 0; !this.#ended.signal.aborted && this.#timelines.has(conversationId); ) {
      const answer = await this.#options.person.api
        .call('read-history', {
          params: { conversationId },
          query: { limit: '100', after },
        })
        .catch(() => undefined);
      if (answer?.status !== 200) {
        await this.#pause(failures++);
        continue;
      }
      failures = 0;
      const page = answer.body as HistoryResponse;
      this.#take(conversationId, page);
      if (page.after === undefined) return;
      after = page.after;
    }
  }

  #take(conversationId: ConversationId, { messages, storedThrough = BEGINNING }: HistoryResponse): void {
    const timeline = this.#timelines.get(conversationId);
    const last = messages.at(-1);
    if (timeline === undefined || last === undefined) return;
    const shown = messages.map(seen);
    this.#options.recorder.record({ kind: 'read', listener: this.name, conversationId, messages: shown });
    for (const message of shown) this.#hold(conversationId, message);
    // What is newer than `storedThrough` may be in the middle of being stored, with gaps.
    const complete = last.messageId < storedThrough ? last.messageId : storedThrough;
    if (complete > (this.#knownThrough.get(conversationId) ?? BEGINNING))
      this.#knownThrough.set(conversationId, complete);
  }

  #jitter(): Promise<void> {
    return this.#wait(GAP_JITTER_MS.from + Math.random() * GAP_JITTER_MS.spread);
  }

  #pause(failures: number): Promise<void> {
    const longest = Math.min(RETRY_MS.longest, RETRY_MS.first * 2 ** Math.min(failures, 10));
    return this.#wait(longest * (0.5 + Math.random() / 2));
  }

  async #wait(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.#ended.signal }).catch(() => undefined);
  }
}

/** Smaller than every id. */
const BEGINNING: MessageId = '0'.repeat(26);
