import type { Drill } from '../drill.ts';
import type { Recorder } from '../ledger/recorder.ts';
import type { Load } from '../load/load.ts';
import { waitFor } from '../run/wait-for.ts';

const PEOPLE = 20;
const SOCKETS = 1_000;
/**
 * Each goes to a thousand screens: with what the store announces that is some 6,000 deliveries a second, which leaves half of two
 * cores to those who come back, beside brokers, databases and the screens themselves.
 */
const POSTS_PER_SECOND = 4;
/** `docs/guarantees.md`. Who is cut off comes back at the page's pace: see `SOCKET_RETRY_FIRST_MS`. */
const ALL_BACK_MS = 60_000;
const POSTING_AGAIN_MS = 10_000;

const gatewayRestart: Drill = {
  name: 'edge-gateway-restart',
  title: `the gateway is killed with ${SOCKETS} sockets open`,
  bounds: { recoveryMs: ALL_BACK_MS },
  run: async (context) => {
    const { recorder } = context;
    const load = await context.load({
      people: PEOPLE,
      conversations: 2,
      postsPerSecond: POSTS_PER_SECOND,
      screensEach: SOCKETS / PEOPLE,
    });
    await load.acknowledges(50);
    await context.fault('kill -9 of the gateway, with everything in it', () => context.nodes.kill('gateway'));
    await context.heal('the gateway runs again', () => context.nodes.start('gateway'));
    const healedAt = recorder.now;
    const posting = load.acknowledges(1).then(() => recorder.now - healedAt);
    const backAt = await watchReturn(load, recorder);
    const postingAgainMs = await posting;
    await load.acknowledges(50);
    const seconds = (place: number) => {
      const at = backAt[Math.ceil(place * SOCKETS) - 1];
      return at === undefined ? 'not' : `after ${((at - healedAt) / 1_000).toFixed(1)} s`;
    };
    context.note(`a tenth of the sockets is back ${seconds(0.1)}, half ${seconds(0.5)}, all ${seconds(1)}`);
    return [
      {
        promise: `every socket comes back by itself within ${ALL_BACK_MS} ms`,
        kept: backAt.length >= SOCKETS,
        measured: `${Math.min(backAt.length, SOCKETS)} of ${SOCKETS}, all of them ${seconds(1)}`,
      },
      {
        promise: `posting goes on within ${POSTING_AGAIN_MS} ms after the gateway is back`,
        kept: postingAgainMs <= POSTING_AGAIN_MS,
        measured: `${Math.round(postingAgainMs)} ms`,
        ofTime: true,
      },
    ];
  },
};

/** When so many sockets were connected at once, by their number, until all are or time is over. */
async function watchReturn(load: Load, recorder: Recorder): Promise<readonly number[]> {
  const backAt: number[] = [];
  const areAllBack = () => {
    const connected = load.screens.filter(({ isConnected }) => isConnected).length;
    while (backAt.length < connected) backAt.push(recorder.now);
    return connected === SOCKETS;
  };
  await waitFor('every socket to be back', areAllBack, ALL_BACK_MS).catch(() => undefined);
  return backAt;
}

const dynamoDbGone: Drill = {
  name: 'edge-dynamodb',
  title: 'kill -9 of DynamoDB',
  bounds: { waitMs: 3_000, silenceMs: 3_000 },
  run: async (context) => {
    const load = await context.load({ people: 4, conversations: 6, postsPerSecond: 40 });
    await load.acknowledges(100);
    await context.fault('kill -9 of DynamoDB', () => context.nodes.kill('dynamodb'));
    await load.acknowledges(400);
    const [person] = load.people;
    const signedIn = await person?.onAnotherDevice().then(
      () => true,
      () => false,
    );
    await context.heal('DynamoDB is back', async () => {
      await context.nodes.start('dynamodb');
      await context.nodes.waitUntilReady('dynamodb');
    });
    await load.acknowledges(200);
    return [
      {
        promise: 'people sign in, from Cassandra',
        kept: signedIn === true,
        measured: signedIn === true ? 'signed in' : 'refused',
      },
    ];
  },
};

export const gatewayDrills: readonly Drill[] = [gatewayRestart, dynamoDbGone];
