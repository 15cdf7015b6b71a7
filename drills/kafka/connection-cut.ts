import type { Drill } from '../drill.ts';
import { acknowledgementsAreTrue } from './acknowledged-places.ts';
import { readTopic } from './read-topic.ts';

const CUTS = 30;

/** The log has the record, and the function does not know it: what it then does must neither lose nor double anything. */
const connectionCut: Drill = {
  name: 'kafka-connection-cut',
  title: `connections are cut between append and response, ${CUTS} times`,
  throughProxies: true,
  run: async (context) => {
    const { proxied, recorder, stores, pingMe } = context;
    const { ledger } = recorder;
    const load = await context.load({ people: 6, conversations: 6, postsPerSecond: 60 });
    await load.acknowledges(100);
    let cuts = 0;
    await context.fault('connections are cut from now on');
    const cutting = [...(proxied?.proxies.values() ?? [])].map(async (proxy) => {
      while (cuts < CUTS) {
        await proxy.cutAfterAppend();
        cuts += 1;
        // Faults under traffic are what is tested, not an outage.
        await load.acknowledges(5);
      }
    });
    await Promise.any(cutting);
    for (const proxy of proxied?.proxies.values() ?? []) proxy.disarm();
    await context.heal(`connections hold again, after ${cuts} cuts`);
    await load.acknowledges(100);
    await load.settle();
    const prefix = pingMe.functionSettings.TOPIC_PREFIX ?? '';
    const records = await readTopic(stores.kafka.brokers, `${prefix}messages`);
    const copies = records.length - ledger.acknowledgedCount;
    return [
      acknowledgementsAreTrue(ledger, records),
      {
        promise: 'the log got copies, or nothing would be shown',
        kept: copies > 0,
        measured: `${copies} copies in the log, none of them in history`,
      },
    ];
  },
};

export const kafkaConnectionDrills: readonly Drill[] = [connectionCut];
