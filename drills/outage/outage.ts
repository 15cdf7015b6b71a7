import { randomUUID } from 'node:crypto';
import type { Drill, DrillContext, Finding } from '../drill.ts';
import { Pacer } from '../load/pacer.ts';
import { renderSeries } from '../run/chart.ts';
import { MemoryWatch } from '../run/memory.ts';
import { quantile } from '../run/quantile.ts';
import { waitFor } from '../run/wait-for.ts';
import { watchDrain } from './drain.ts';
import { MemoryQueue } from './memory-queue.ts';
import { SlowStore } from './slow-store.ts';

const MESSAGES = { short: 100_000, full: 1_000_000 };
const POSTS_PER_SECOND = 300;
/** What has just started compiles its code for half a minute, and posts wait several times as long. */
const WARM_SECONDS = 60;
/** Runs one part in a hundred. */
const SLOWED = { runMs: 40, standMs: 3_960 };
/** As much as a second of posting, many times over; Slack's own queue was bounded by its memory. */
const QUEUE_BOUND = 10_000;
/** A machine that does other things at the same time may be as much slower without any cause of ours. */
const AS_FAST_AS_BEFORE = 2;
const FLAT = 1.25;
/** Nodes that stood still answer, and what waits for them times out, within this. */
const RECOVERED_AFTER_S = 5;

function latency(context: DrillContext, from: number, to: number): { p50: number; p99: number } {
  const waits = context.recorder.ledger.waitsBetween(from, to);
  return { p50: quantile(waits, 0.5), p99: quantile(waits, 0.99) };
}

/** The last third against the first one, once it has warmed up. */
function growthOf(series: readonly number[]): number {
  const third = Math.max(1, Math.floor(series.length / 3));
  return quantile(series.slice(-third), 0.5) / quantile(series.slice(0, third), 0.5);
}

async function besideIt(context: DrillContext, messages: number): Promise<Finding> {
  const { contactPoints, port, localDataCenter } = context.stores.cassandra;
  const keyspace = context.pingMe.functionSettings.CASSANDRA_KEYSPACE ?? '';
  const queue = await MemoryQueue.start({
    contactPoints,
    port,
    localDataCenter,
    keyspace,
    bound: QUEUE_BOUND,
  });
  const slow = new SlowStore(context.nodes, SLOWED);
  try {
    let posted = 0;
    const posting: Promise<unknown>[] = [];
    const content = 'ping '.repeat(16);
    const pacer = new Pacer(() => {
      posted += 1;
      posting.push(queue.post({ conversation: `c${posted % 50}`, nonce: randomUUID(), content }));
    });
    pacer.setRate(POSTS_PER_SECOND);
    const enough = async () => posted >= messages || (await queue.report()).refused > QUEUE_BOUND;
    await waitFor('the queue to be posted to', enough, (messages / POSTS_PER_SECOND) * 3_000, 500);
    pacer.setRate(0);
    await Promise.all(posting);
    const { accepted, refused, stored, waiting } = await queue.report();
    return {
      promise: 'beside it, a bounded queue in memory under the same load is full',
      kept: refused > 0,
      measured: `of ${posted} posts it refused ${refused}; of ${accepted} that it acknowledged ${stored} were stored, and ${waiting} would be lost with its process`,
    };
  } finally {
    await queue.kill();
    await slow.end();
  }
}

const outage: Drill = {
  name: 'slack-outage',
  title: 'the store is slowed until posting outruns it by far, as when the queue of Slack filled its memory',
  run: async (context) => {
    const messages = context.full ? MESSAGES.full : MESSAGES.short;
    const { ledger } = context.recorder;
    const load = await context.load({
      people: 20,
      conversations: 10,
      postsPerSecond: POSTS_PER_SECOND,
      screens: 2,
      readers: 0,
      patienceMs: 60_000,
    });
    await load.acknowledges(WARM_SECONDS * POSTS_PER_SECOND, WARM_SECONDS * 6_000);
    const slowedAt = context.recorder.now;
    const before = latency(context, slowedAt - 15_000, slowedAt);
    const memory = new MemoryWatch(context.nodes);
    memory.start();
    await context.fault(`Cassandra runs ${SLOWED.runMs} ms of every ${SLOWED.runMs + SLOWED.standMs}`);
    const slow = new SlowStore(context.nodes, SLOWED);
    try {
      await load.acknowledges(messages, (messages / POSTS_PER_SECOND) * 4_000);
    } finally {
      await slow.end();
    }
    const during = latency(context, slowedAt + 10_000, context.recorder.now);
    await load.stopPosting();
    const backlog = ledger.acknowledgedCount - ledger.saidStoredCount;
    await context.heal('Cassandra runs as fast as it can');
    const drain = await watchDrain(ledger, 600_000);
    const series = await memory.stop();
    for (const [name, values] of series) context.note(renderSeries(name, values, 'MiB'));
    const growths = [...series].map(([name, values]) => ({ name, growth: growthOf(values) }));
    const largest = growths.toSorted((a, b) => b.growth - a.growth)[0];
    await load.settle(600_000);
    const text = ({ p50, p99 }: { p50: number; p99: number }) => `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`;
    return [
      {
        promise: 'posting outran the store by far, or nothing would be shown',
        kept: backlog > messages / 2,
        measured: `${backlog} of ${messages} messages waited in the log`,
      },
      {
        promise: 'posting stays as fast as before',
        kept: during.p50 <= AS_FAST_AS_BEFORE * before.p50,
        measured: `p50 / p99 ${text(before)} before, ${text(during)} while the store was slow`,
        ofTime: true,
      },
      {
        promise: 'memory of every part stays flat',
        kept: largest !== undefined && largest.growth <= FLAT,
        measured: `it grew most in ${largest?.name}: ${largest?.growth.toFixed(2)} of what it was`,
      },
      {
        promise: 'the backlog drains by itself, at full speed from the start',
        kept: drain.isComplete && drain.firstTenthSeconds <= RECOVERED_AFTER_S + 3 * drain.medianTenthSeconds,
        measured: `${Math.round(backlog / drain.seconds)} messages a second, for ${drain.seconds.toFixed(1)} s; the first tenth took ${drain.firstTenthSeconds.toFixed(1)} s, a tenth in the median ${drain.medianTenthSeconds.toFixed(1)} s`,
      },
      await besideIt(context, messages),
    ];
  },
};

export const outageDrills: readonly Drill[] = [outage];
