import { describe, expect, it } from 'vitest';
import { conversationAudience, EVERYONE, userAudience } from '../../../core/domain/audience.ts';
import { GENERAL_CONVERSATION_ID } from '../../../core/domain/conversation.ts';
import { answerClientFrame } from '../../../lambdas/application/conversations/answer-client-frame.ts';
import { closeConnection } from '../../../lambdas/application/conversations/close-connection.ts';
import { createChannel } from '../../../lambdas/application/conversations/create-channel.ts';
import { joinChannel } from '../../../lambdas/application/conversations/join-channel.ts';
import { leaveChannel } from '../../../lambdas/application/conversations/leave-channel.ts';
import { openConnection } from '../../../lambdas/application/conversations/open-connection.ts';
import { makeWorldWithGeneral, type World } from './world.ts';

const connection = { connectionId: 'new', userId: 'bob', sessionId: 'session' };

/** `bob` is in `cats` and not in `dogs`. */
async function bobsWorld() {
  const world = await makeWorldWithGeneral();
  const cats = (await createChannel(world.ports, 'ada', { name: 'cats' })).channel!;
  const dogs = (await createChannel(world.ports, 'ada', { name: 'dogs' })).channel!;
  await joinChannel(world.ports, 'bob', cats.channelId);
  return { world, cats, dogs };
}

/** Ports that do something else as well, once, right before or after the given call of `openConnection`. */
function meanwhile(world: World, callNumber: number, when: 'before' | 'after', act: () => Promise<unknown>) {
  let calls = 0;
  const around = <T extends object>(port: T): T =>
    new Proxy(port, {
      get:
        (target, name) =>
        async (...values: unknown[]) => {
          calls += 1;
          const isIt = calls === callNumber;
          if (isIt && when === 'before') await act();
          const method = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
          const result = await method.apply(target, values);
          if (isIt && when === 'after') await act();
          return result;
        },
    });
  return { ports: { live: around(world.listening), copy: around(world.copied) }, calls: () => calls };
}

describe('a new connection', () => {
  it('hears its user, everyone, general and what the user is in', async () => {
    const { world, cats, dogs } = await bobsWorld();
    await openConnection(world.ports, connection);
    expect(await world.hears('bob', cats.conversationId)).toBe(true);
    expect(await world.hears('bob', dogs.conversationId)).toBe(false);
    expect(await world.hears('bob', GENERAL_CONVERSATION_ID)).toBe(true);
    expect(await world.listening.listenersOf(EVERYONE)).toMatchObject([connection]);
    expect(await world.listening.listenersOf('user#bob')).toMatchObject([connection]);
  });

  it('hears general without any membership', async () => {
    const world = await makeWorldWithGeneral();
    await openConnection(world.ports, connection);
    expect(await world.hears('bob', GENERAL_CONVERSATION_ID)).toBe(true);
  });

  it('misses no channel that is joined meanwhile, at whatever moment', async () => {
    for (let call = 1; ; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world, dogs } = await bobsWorld();
        const { ports, calls } = meanwhile(world, call, when, () =>
          joinChannel(world.ports, 'bob', dogs.channelId),
        );
        await openConnection(ports, connection);
        if (call > calls()) return expect(call).toBeGreaterThan(3);
        expect(await world.hears('bob', dogs.conversationId), `joined ${when} call ${call}`).toBe(true);
      }
    }
  });

  it('keeps no channel that is left meanwhile, at whatever moment', async () => {
    for (let call = 1; ; call += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world, cats } = await bobsWorld();
        const { ports, calls } = meanwhile(world, call, when, () =>
          leaveChannel(world.ports, 'bob', cats.channelId),
        );
        await openConnection(ports, connection);
        if (call > calls()) return expect(call).toBeGreaterThan(3);
        expect(await world.hears('bob', cats.conversationId), `left ${when} call ${call}`).toBe(false);
      }
    }
  });

  it('is not opened with DynamoDB away', async () => {
    const { world } = await bobsWorld();
    world.dynamodb.interruptAfter(0);
    await expect(openConnection(world.ports, connection)).rejects.toMatchObject({ store: 'dynamodb' });
  });
});

describe('a connection that has ended', () => {
  it("hears nothing of what its user hears or heard, and the user's others hear on", async () => {
    const { world, cats, dogs } = await bobsWorld();
    await joinChannel(world.ports, 'bob', dogs.channelId);
    await openConnection(world.ports, connection);
    await openConnection(world.ports, { ...connection, connectionId: 'other' });
    // One that a leave has not taken from it.
    await leaveChannel(world.ports, 'bob', dogs.channelId);
    const { conversationId } = dogs;
    await world.listening.subscribe(connection, [conversationAudience(conversationId)]);
    await closeConnection(world.ports, connection);
    const audiences = [
      userAudience('bob'),
      EVERYONE,
      conversationAudience(GENERAL_CONVERSATION_ID),
      conversationAudience(cats.conversationId),
    ];
    for (const audience of audiences) {
      const listeners = await world.listening.listenersOf(audience);
      expect(
        listeners.map(({ connectionId }) => connectionId),
        audience,
      ).toEqual(['other']);
    }
    expect(await world.hears('bob', conversationId)).toBe(false);
  });
});

describe('a frame from a client', () => {
  it('is answered if it is a ping', () => {
    expect(answerClientFrame('{"type":"ping"}')).toBe('{"events":[],"pong":true}');
  });

  it.each([undefined, '', 'ping', '{}', '{"type":"message.posted"}', '[1', 'null'])(
    'is ignored if it is %s',
    (frame) => {
      expect(answerClientFrame(frame)).toBeUndefined();
    },
  );
});
