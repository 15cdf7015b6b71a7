import { randomUUID } from 'node:crypto';
import { LossyLink } from '../../local/faults/lossy-link.ts';
import { Outbox } from '../client/outbox.ts';
import type { Drill } from '../drill.ts';

const lossyLink: Drill = {
  name: 'edge-lossy-link',
  title: 'clients behind a link that loses, delays and duplicates',
  run: async (context) => {
    const link = await LossyLink.open({
      origin: context.pingMe.url,
      loseRequest: 0.1,
      loseAnswer: 0.1,
      duplicate: 0.1,
      delayMilliseconds: 100,
      socketMilliseconds: 8_000,
    });
    try {
      const load = await context.load({
        people: 4,
        conversations: 6,
        postsPerSecond: 40,
        waitingAtMost: 2,
        origin: link.origin,
      });
      await context.fault('the link is bad from the beginning');
      await load.acknowledges(300);
      await load.settle();
      const { requestsLost, answersLost, duplicated, socketsCut } = link.counts;
      return [
        {
          promise: 'the link was bad, or nothing would be shown',
          kept: Math.min(requestsLost, answersLost, duplicated, socketsCut) > 5,
          measured: `${requestsLost} requests and ${answersLost} answers lost, ${duplicated} requests sent twice, ${socketsCut} sockets cut`,
        },
      ];
    } finally {
      link.close();
    }
  },
};

/** Two tabs that share an outbox and both believe that it is theirs. */
const twoTabs: Drill = {
  name: 'edge-two-tabs',
  title: 'every message is posted from two tabs at once',
  run: async (context) => {
    const load = await context.load({ people: 4, conversations: 3, postsPerSecond: 0 });
    const { recorder } = context;
    await context.fault('both tabs send everything');
    await Promise.all(
      load.people.flatMap((person) =>
        load.conversations.map(async (conversationId) => {
          const tabs = [person, await person.onAnotherDevice()].map((tab) => new Outbox(tab, { recorder }));
          for (let count = 1; count <= 40; count += 1) {
            const nonce = randomUUID();
            await Promise.all(tabs.map((tab) => tab.send(conversationId, `from two tabs, ${count}`, nonce)));
          }
        }),
      ),
    );
    await load.settle();
    return undefined;
  },
};

/** Comes and goes, and must hear nothing between. */
const leaving: Drill = {
  name: 'edge-leaving',
  title: 'people leave a channel while others write into it',
  run: async (context) => {
    const load = await context.load({ people: 6, writers: 2, conversations: 2, postsPerSecond: 60 });
    await load.acknowledges(60);
    const others = load.screens.slice(2);
    for (let turn = 0; turn < 6; turn += 1) {
      const conversationId = load.conversations[turn % load.conversations.length] ?? '';
      const screen = others[turn % others.length];
      await context.fault(`${screen?.name} leaves`, async () => screen?.leave(conversationId));
      await load.acknowledges(60);
    }
    await context.heal('nobody leaves any more');
    await load.acknowledges(60);
    return undefined;
  },
};

export const clientDrills: readonly Drill[] = [lossyLink, twoTabs, leaving];
