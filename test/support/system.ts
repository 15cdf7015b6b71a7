import { expect, inject } from 'vitest';
import type { ConversationId } from '../../core/contract/ids.ts';
import type { PostMessageResponse } from '../../core/contract/messages.ts';
import { Outbox } from '../../drills/client/outbox.ts';
import { Person } from '../../drills/client/person.ts';
import type { SocketClient } from '../../drills/client/socket-client.ts';
import type { Ledger } from '../../drills/ledger/ledger.ts';
import type { LedgerReport } from '../../drills/ledger/ledger-report.ts';
import { seen } from '../../drills/ledger/observation.ts';
import { Recorder } from '../../drills/ledger/recorder.ts';
import { waitFor } from '../../drills/run/wait-for.ts';
import { connectNodeControl } from '../../local/processes/control-client.ts';
import type { NodeControl } from '../../local/processes/node-control.ts';

/** Control over the nodes and functions of the system that this test run uses. */
export function nodes(): NodeControl {
  return connectNodeControl(inject('system').controlSocket);
}

/** People in conversations who all listen, and a ledger of what becomes of their messages. */
export interface Crowd {
  readonly people: readonly Person[];
  readonly conversations: readonly ConversationId[];
  readonly ledger: Ledger;
  readonly recorder: Recorder;
  readonly sockets: readonly SocketClient[];
  close(): Promise<void>;
}

/** Signs people up, puts all of them into new channels, and opens a socket for each. */
export async function gatherCrowd(
  origin: string,
  { people: peopleCount, conversations: conversationCount }: { people: number; conversations: number },
): Promise<Crowd> {
  const people: Person[] = [];
  for (let index = 0; index < peopleCount; index += 1) people.push(await Person.signUp(origin));
  const conversations: ConversationId[] = [];
  for (let index = 0; index < conversationCount; index += 1) {
    const [founder, ...others] = people;
    if (!founder) throw new Error('A crowd needs people.');
    const conversationId = await founder.createChannel();
    for (const other of others) await other.join(conversationId);
    conversations.push(conversationId);
  }
  const recorder = new Recorder();
  const sockets = await Promise.all(
    people.map(async (person) => {
      const socket = await person.listen();
      const listener = person.userId;
      for (const conversationId of conversations)
        recorder.record({ kind: 'listens', listener, conversationId });
      socket.onEvent((event) => {
        if (event.type === 'message.posted')
          recorder.record({ kind: 'heard', listener, message: seen(event) });
      });
      return socket;
    }),
  );
  return {
    people,
    conversations,
    ledger: recorder.ledger,
    recorder,
    sockets,
    close: async () => {
      await Promise.all(sockets.map((socket) => socket.close()));
    },
  };
}

/** Every person sends `each` messages to every conversation, one after the other, as a page's outbox does. */
export async function sendAll(
  crowd: Crowd,
  {
    each,
    onRefused,
    onAcknowledged,
  }: {
    each: number;
    onRefused?: (status: number) => void;
    onAcknowledged?: (posted: PostMessageResponse, sender: string) => void;
  },
): Promise<void> {
  const senders = crowd.people.flatMap((person) =>
    crowd.conversations.map((conversationId) => ({ person, conversationId })),
  );
  await Promise.all(
    senders.map(async ({ person, conversationId }) => {
      const outbox = new Outbox(person, { recorder: crowd.recorder, ...(onRefused ? { onRefused } : {}) });
      for (let index = 0; index < each; index += 1) {
        const posted = await outbox.send(conversationId, `message ${index} of ${person.userId}`);
        onAcknowledged?.(posted, person.userId);
      }
    }),
  );
}

/** Reads all histories until they hold what was acknowledged, then gives the ledger's verdict. */
export async function settle(crowd: Crowd): Promise<LedgerReport> {
  const [reader] = crowd.people;
  if (!reader) throw new Error('A crowd needs people.');
  await waitFor('history to hold what was acknowledged', async () => {
    for (const conversationId of crowd.conversations) {
      const messages = (await reader.readHistory(conversationId)).map(seen);
      crowd.recorder.record({ kind: 'history', conversationId, messages });
    }
    return crowd.ledger.report().violations.lost === 0;
  }).catch(() => undefined);
  return crowd.ledger.report();
}

/** Asserts what Ping Me promises whatever broke: nothing lost, doubled, misnumbered, out of order or made up. */
export function expectPromisesKept(report: LedgerReport): void {
  // A socket alone, without the page's reading, may miss what was posted while it could not hear.
  const { missing: _missing, ...others } = report.violations;
  expect(others).toEqual(Object.fromEntries(Object.keys(others).map((violation) => [violation, 0])));
  expect(report.stored).toBeGreaterThanOrEqual(report.acknowledged);
}
