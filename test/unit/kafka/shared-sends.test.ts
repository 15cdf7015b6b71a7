import type { Message, RecordMetadata } from 'kafkajs';
import { expect, it } from 'vitest';
import { SharedSends } from '../../../lambdas/adapters/kafka/shared-sends.ts';

const LATER = Number.POSITIVE_INFINITY;

/** A log whose keys are the numbers of its partitions, and whose requests end when they are told to. */
class Requests {
  readonly sent: { values: string[]; end: (error?: Error) => void }[] = [];
  readonly #next = new Map<number, number>();

  readonly send = (_topic: string, messages: Message[]): Promise<RecordMetadata[]> =>
    new Promise((resolve, reject) => {
      const appended = new Map<number, RecordMetadata>();
      for (const { key } of messages) {
        const partition = Number(key);
        const offset = this.#next.get(partition) ?? 100;
        this.#next.set(partition, offset + 1);
        if (appended.has(partition)) continue;
        appended.set(partition, {
          topicName: 't',
          partition,
          errorCode: 0,
          baseOffset: String(offset),
          logAppendTime: '7',
        });
      }
      this.sent.push({
        values: messages.map(({ value }) => String(value)),
        end: (error) => (error === undefined ? resolve([...appended.values()].reverse()) : reject(error)),
      });
    });
}

function open({ isTold = true } = {}) {
  const requests = new Requests();
  const sends = new SharedSends({
    send: requests.send,
    // Odd and even ones each have a broker of their own.
    laneOf: (_topic, { key }) => (Number(key) % 2 === 0 ? 'even' : 'odd'),
    partitionOf: (_topic, { key }) => (isTold ? Number(key) : undefined),
  });
  const send = (value: string, key = '3', deadline = LATER) =>
    sends.send('messages', { key, value }, deadline);
  return { requests, send };
}

/** Lets everything happen that is due. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('one that comes alone is sent at once; those that come meanwhile share the next request, in their order', async () => {
  const { requests, send } = open();
  const all = ['1', '2', '3'].map((value) => send(value));
  await turn();
  expect(requests.sent.map(({ values }) => values)).toEqual([['1']]);
  requests.sent[0]?.end();
  await turn();
  expect(requests.sent.map(({ values }) => values)).toEqual([['1'], ['2', '3']]);
  requests.sent[1]?.end();
  expect(await Promise.all(all)).toEqual([
    { partition: 3, offset: 100n, appendedAt: 7 },
    { partition: 3, offset: 101n, appendedAt: 7 },
    { partition: 3, offset: 102n, appendedAt: 7 },
  ]);
});

it('partitions of one lane share requests, and each message learns where it stands in its own', async () => {
  const { requests, send } = open();
  const all = [send('1', '3'), send('2', '5'), send('3', '3'), send('4', '5'), send('5', '3')];
  await turn();
  requests.sent[0]?.end();
  await turn();
  requests.sent[1]?.end();
  expect(requests.sent.map(({ values }) => values)).toEqual([['1'], ['2', '3', '4', '5']]);
  expect(await Promise.all(all)).toEqual([
    { partition: 3, offset: 100n, appendedAt: 7 },
    { partition: 5, offset: 100n, appendedAt: 7 },
    { partition: 3, offset: 101n, appendedAt: 7 },
    { partition: 5, offset: 101n, appendedAt: 7 },
    { partition: 3, offset: 102n, appendedAt: 7 },
  ]);
});

it('before anybody knows where a message goes, the answer says it', async () => {
  const { requests, send } = open({ isTold: false });
  const first = send('1');
  await turn();
  requests.sent[0]?.end();
  expect(await first).toEqual({ partition: 3, offset: 100n, appendedAt: 7 });
});

it('another lane waits for nothing', async () => {
  const { requests, send } = open();
  void send('1', '3');
  void send('2', '4');
  await turn();
  expect(requests.sent.map(({ values }) => values)).toEqual([['1'], ['2']]);
});

it('what a request ends with is what each of its messages ends with, and the next one goes', async () => {
  const { requests, send } = open();
  const outcomes = Promise.allSettled(['1', '2', '3'].map((value) => send(value)));
  await turn();
  requests.sent[0]?.end();
  await turn();
  requests.sent[1]?.end(new Error('timed out'));
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  const after = send('4');
  await turn();
  requests.sent[2]?.end();
  expect(await after).toMatchObject({ offset: 103n });
});

it('a refusal is told only to the message that it is about', async () => {
  const { requests, send } = open();
  const outcomes = Promise.allSettled(['1', 'too large', '3'].map((value) => send(value)));
  const refusal = Object.assign(new Error('refused'), { type: 'MESSAGE_TOO_LARGE' });
  await turn();
  requests.sent[0]?.end();
  await turn();
  requests.sent[1]?.end(refusal);
  await turn();
  requests.sent[2]?.end(refusal);
  await turn();
  requests.sent[3]?.end();
  expect(requests.sent.map(({ values }) => values)).toEqual([
    ['1'],
    ['too large', '3'],
    ['too large'],
    ['3'],
  ]);
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('is not sent any more once its deadline has passed', async () => {
  const { requests, send } = open();
  const outcomes = Promise.allSettled([send('1'), send('2', '3', performance.now() - 1), send('3')]);
  await turn();
  requests.sent[0]?.end();
  await turn();
  requests.sent[1]?.end();
  expect(requests.sent.map(({ values }) => values)).toEqual([['1'], ['3']]);
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it('a request stays below half a megabyte', async () => {
  const { requests, send } = open();
  const large = 'x'.repeat(200 * 1024);
  const all = Promise.all(['1', large, large, large].map((value) => send(value)));
  for (let request = 0; request < 3; request += 1) {
    await turn();
    requests.sent[request]?.end();
  }
  await all;
  expect(requests.sent.map(({ values }) => values.length)).toEqual([1, 2, 1]);
});
