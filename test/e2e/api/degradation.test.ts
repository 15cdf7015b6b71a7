import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { DEGRADATIONS, GONE_PARTS, type GonePart } from '../../../core/contract/degradation.ts';
import type { HistoryResponse, PostMessageResponse } from '../../../core/contract/messages.ts';
import { ROUTE_NAMES, ROUTES, type RouteName } from '../../../core/contract/routes.ts';
import { codeOf } from '../../../drills/client/api-client.ts';
import { Person } from '../../../drills/client/person.ts';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { type ExampleWorld, exampleCalls } from '../../support/example-calls.ts';
import { nodes } from '../../support/system.ts';

/** Which nodes or functions are taken away for each row of the table. */
const TAKEN: Readonly<Record<GonePart, readonly (readonly [part: string, number?: number])[]>> = {
  'one-kafka-broker': [['kafka', 2]],
  'two-kafka-brokers': [
    ['kafka', 1],
    ['kafka', 3],
  ],
  'all-kafka': [
    ['kafka', 1],
    ['kafka', 2],
    ['kafka', 3],
  ],
  'one-cassandra-node': [['cassandra', 3]],
  'all-cassandra': [
    ['cassandra', 1],
    ['cassandra', 2],
    ['cassandra', 3],
  ],
  'store-function': [['store']],
  'deliver-function': [['deliver']],
  dynamodb: [['dynamodb']],
};

/** Refreshing comes first, as signing in without DynamoDB gives nothing to refresh; signing out last, for the others' sake. */
const ROUTES_IN_TURN: readonly RouteName[] = [
  'refresh-session',
  ...ROUTE_NAMES.filter((name) => name !== 'refresh-session' && name !== 'sign-out'),
  'sign-out',
];

const { origin } = inject('system');
let asker: Person;
let other: Person;

beforeAll(async () => {
  other = await Person.signUp(origin);
});

/** Everything the calls of one row need, made while every part is there. */
async function makeWorld(): Promise<ExampleWorld> {
  const conversationId = await asker.createChannel();
  const posted = await asker.api.demand<PostMessageResponse>('post-message', {
    params: { conversationId },
    body: { content: 'before', nonce: randomUUID(), attempt: 0 },
  });
  await waitFor(
    'the first message to be stored',
    async () => (await asker.readHistory(conversationId)).length === 1,
  );
  const [toJoin, toLeave] = [await other.createChannel(), await asker.createChannel()];
  return { asker, other, conversationId, messageId: posted.messageId, toJoin, toLeave };
}

/** Posts one more message and says whether history knows that it is behind. */
async function postAndAsk({ conversationId }: ExampleWorld): Promise<boolean> {
  const params = { conversationId };
  await asker.api.demand('post-message', {
    params,
    body: { content: 'meanwhile', nonce: randomUUID(), attempt: 0 },
  });
  return (await asker.api.demand<HistoryResponse>('read-history', { params })).catchingUp;
}

describe.each(GONE_PARTS)('with %s gone', (gone) => {
  let world: ExampleWorld;

  beforeAll(async () => {
    // Somebody new, so that what the last row did does not matter.
    asker = await Person.signUp(origin);
    world = await makeWorld();
    for (const [part, number] of TAKEN[gone]) await nodes().kill(part, number);
    // Late is what was posted and is not stored; people go on posting meanwhile.
    if (gone === 'store-function') await waitFor('the lag to be noticed', () => postAndAsk(world));
  });
  afterAll(async () => {
    for (const [part, number] of TAKEN[gone]) await nodes().start(part, number);
    for (const [part, number] of TAKEN[gone]) await nodes().waitUntilReady(part, number, 120_000);
    await waitFor('everything to be well again', async () => {
      const health = await asker.api.demand<{ status: string }>('read-health');
      return health.status === 'ok';
    });
  });

  it.each(ROUTES_IN_TURN)('%s answers as the contract says', async (route) => {
    const { answers } = DEGRADATIONS[gone];
    const expected = answers[route] ?? { status: ROUTES[route].success.status };
    // Failures are noticed after a moment (a connection breaks, a node is declared dead); the answer must then be this one.
    await waitFor(
      `${route} to answer ${JSON.stringify(expected)}`,
      async () => {
        const answer = await asker.api.call(route, exampleCalls(world)[route]());
        // While DynamoDB is away sessions can't be refreshed; the tests' short ones end meanwhile, and one signs in again.
        if (codeOf(answer) === 'session_expired') {
          await asker.api.demand('sign-in', exampleCalls(world)['sign-in']());
          return false;
        }
        const { status, ...rest } = expected;
        expect({ status: answer.status, body: answer.body }).toMatchObject({
          status,
          ...('body' in rest ? { body: rest.body } : 'code' in rest ? { body: { code: rest.code } } : {}),
        });
        return true;
      },
      20_000,
    );
  });
});
