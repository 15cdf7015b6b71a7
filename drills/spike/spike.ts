import { setTimeout as pause } from 'node:timers/promises';
import type { Drill } from '../drill.ts';
import { quantile } from '../run/quantile.ts';
import { waitFor } from '../run/wait-for.ts';

const NORMAL = 20;
const FACTOR = 50;
const SPIKE_SECONDS = 10;
const NORMAL_AGAIN_WITHIN_MS = 15_000;
/** Of what it was: a machine that does other things at the same time may be as much slower without any cause of ours. */
const NORMAL_AGAIN = 2;
/** With which the gateway and the functions say "not now". */
const REFUSALS = [429, 503];

const spike: Drill = {
  name: 'traffic-spike',
  title: `from ${NORMAL} to ${NORMAL * FACTOR} posts a second within a second, for ${SPIKE_SECONDS} s, and back`,
  run: async (context) => {
    const { ledger } = context.recorder;
    const load = await context.load({
      people: 30,
      conversations: 10,
      postsPerSecond: NORMAL,
      screens: 10,
      waitingAtMost: NORMAL * FACTOR,
    });
    await load.acknowledges(10 * NORMAL);
    const spikeAt = context.recorder.now;
    const before = quantile(ledger.waitsBetween(spikeAt - 8_000, spikeAt), 0.5);
    await context.fault(`${NORMAL * FACTOR} posts a second`, async () => load.setRate(NORMAL * FACTOR));
    await pause(SPIKE_SECONDS * 1_000);
    await context.heal(`${NORMAL} posts a second`, async () => load.setRate(NORMAL));
    await waitFor('the outboxes to be empty', () => load.waiting === 0, 180_000);
    const emptiedAt = context.recorder.now;
    const isNormal = () => {
      const { now } = context.recorder;
      const recent = ledger.waitsBetween(now - 2_000, now);
      return recent.length >= NORMAL && quantile(recent, 0.5) <= NORMAL_AGAIN * before;
    };
    const isBack = await waitFor('latency to be normal', isNormal, NORMAL_AGAIN_WITHIN_MS).catch(() => false);
    const seconds = (context.recorder.now - emptiedAt) / 1_000;
    await load.settle();
    const statuses = Object.entries(ledger.report().refusedBy);
    const others = statuses.filter(([status]) => !REFUSALS.includes(Number(status)));
    return [
      {
        promise: 'what is too much is refused with 429 or 503',
        kept: others.length === 0,
        measured:
          statuses.map(([status, count]) => `${count} with ${status}`).join(', ') || 'nothing was refused',
      },
      {
        promise: `latency is normal within ${NORMAL_AGAIN_WITHIN_MS} ms once the outboxes are empty`,
        kept: isBack,
        measured: `median ${before.toFixed(1)} ms before, normal after ${seconds.toFixed(1)} s`,
        ofTime: true,
      },
    ];
  },
};

export const spikeDrills: readonly Drill[] = [spike];
