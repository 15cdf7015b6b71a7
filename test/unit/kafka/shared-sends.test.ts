import type { Message, RecordMetadata } from 'kafkajs';
import { expect, it } from 'vitest';
import { SharedSends } from '../../../lambdas/adapters/kafka/shared-sends.ts';

const LATER = Number.POSITIVE_INFINITY;

/** A log of one partition a key, whose requests end when they are told to. */
class Requests {
  readonly sent: { values: string[]; end: (error?: Error) => void }[] = [];
  #next = 100;

  readonly send = (_topic: string, messages: Message[]): Promise<RecordMetadata[]> =>
    new Promise((resolve, reject) => {
      const baseOffset = String(this.#next);
      this.#next += messages.length;
      const metadata = { topicName: 't', partition: 3, errorCode: 0, baseOffset, logAppendTime: '7' };
      this.sent.push({
        values: messages.map(({ value }) => String(value)),
        end: (error) => (error === undefined ? resolve([metadata]) : reject(error)),
      });
    });
}

function open() {
  const requests = new Requests();
  const sends = new SharedSends({ send: requests.send, laneOf: (_topic, { key }) => String(key) });
  const send = (value: string, key = 'a', deadline = LATER) =>
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

it('another partition waits for nothing', async () => {
  const { requests, send } = open();
  void send('1', 'a');
  void send('2', 'b');
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
  const outcomes = Promise.allSettled([send('1'), send('2', 'a', performance.now() - 1), send('3')]);
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
