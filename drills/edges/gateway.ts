import type { Drill } from '../drill.ts';
import { waitFor } from '../run/wait-for.ts';

const PEOPLE = 20;
const SOCKETS = 1_000;
/** Somebody who is cut off tries again within 200 ms for the first time, and then ever more rarely. */
const ALL_BACK_MS = 60_000;

const gatewayRestart: Drill = {
  name: 'edge-gateway-restart',
  title: `the gateway is killed with ${SOCKETS} sockets open`,
  run: async (context) => {
    const load = await context.load({
      people: PEOPLE,
      conversations: 2,
      postsPerSecond: 10,
      screensEach: SOCKETS / PEOPLE,
    });
    await load.acknowledges(50);
    await context.fault('kill -9 of the gateway, with everything in it', () => context.nodes.kill('gateway'));
    await context.heal('the gateway runs again', () => context.nodes.start('gateway'));
    const healedAt = context.recorder.now;
    const connected = () => load.screens.filter(({ isConnected }) => isConnected).length;
    await waitFor('every socket to be back', () => connected() === SOCKETS, ALL_BACK_MS).catch(
      () => undefined,
    );
    const seconds = (context.recorder.now - healedAt) / 1_000;
    const back = connected();
    await load.acknowledges(50);
    return [
      {
        promise: `every socket comes back by itself within ${ALL_BACK_MS} ms`,
        kept: back === SOCKETS,
        measured: `${back} of ${SOCKETS} within ${seconds.toFixed(1)} s`,
      },
    ];
  },
};

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
