import { describe, expect, it } from 'vitest';
import { type AwaitedNodes, awaitNodes } from '../../../lambdas/application/operations/await-nodes.ts';
import type { DatabaseNodes } from '../../../lambdas/application/ports/database-nodes.ts';

const ALL = ['one', 'two', 'three'];

/** What is up at each time of asking; the last goes on for ever. */
interface Cluster {
  readonly up: readonly (readonly string[])[];
  /** Whether nodes that answer reach each other. */
  readonly whole?: boolean;
  /** Times of asking at which no secret can be read. */
  readonly blind?: readonly number[];
}

async function run(
  { up, whole = true, blind = [] }: Cluster,
  plan: Partial<AwaitedNodes> = {},
  tries = 12,
): Promise<{ times: number; logIns: [readonly string[], number][] }> {
  const logIns: [readonly string[], number][] = [];
  let times = 0;
  const nodes: DatabaseNodes = {
    answering: async (addresses) => {
      if (blind.includes(times)) throw new Error('Secrets Manager is busy.');
      return addresses.filter((address) => (up[times] ?? up[up.length - 1] ?? []).includes(address));
    },
    reachOthers: async (addresses, count) => {
      logIns.push([addresses, count]);
      return whole;
    },
  };
  await awaitNodes(
    {
      nodes,
      pause: async () => {
        times += 1;
      },
      mayGoOn: () => times < tries,
    },
    { awaited: ALL, all: ALL, hasRoles: true, ...plan },
  );
  return { times, logIns };
}

describe('awaiting nodes', () => {
  it('asks four times when all are up', async () => {
    expect(await run({ up: [ALL] })).toEqual({ times: 3, logIns: Array(4).fill([ALL, 3]) });
  });

  it('goes on asking while one is away, and counts anew when one that answered does not stay', async () => {
    const without = ['one', 'two'];
    expect((await run({ up: [without, without, ALL] })).times).toBe(5);
    expect((await run({ up: [ALL, ALL, without, ALL] })).times).toBe(6);
  });

  it('lets the one be away that is about to change, and wants the others to reach each other', async () => {
    const { logIns } = await run({ up: [['one', 'three']] }, { awaited: ['one', 'three'] });
    expect(logIns).toEqual(Array(4).fill([['one', 'three'], 2]));
  });

  it('logs in nowhere while the cluster is being made', async () => {
    const made = await run({ up: [['one']], whole: false }, { awaited: ['one'], hasRoles: false });
    expect(made).toEqual({ times: 3, logIns: [] });
  });

  it('asks nobody before the first node is made', async () => {
    expect(await run({ up: [[]] }, { awaited: [], hasRoles: false }, 0)).toEqual({ times: 0, logIns: [] });
  });

  it('goes on when a secret could not be read this time, and counts anew', async () => {
    expect((await run({ up: [ALL], blind: [0, 2] })).times).toBe(6);
  });

  it('ends with the cause when no secret can be read until the time is over', async () => {
    const always = Array.from({ length: 12 }, (_, time) => time);
    await expect(run({ up: [ALL], blind: always })).rejects.toMatchObject({
      message:
        'Nothing more is changed, as Cassandra nodes are missing: they could not be asked, as a secret could not be read.',
      cause: { message: 'Secrets Manager is busy.' },
    });
  });

  it('says which are missing when the time is over', async () => {
    await expect(run({ up: [['two']] })).rejects.toThrow(
      'Nothing more is changed, as Cassandra nodes are missing: one and three did not answer.',
    );
    await expect(run({ up: [ALL], whole: false })).rejects.toThrow(
      'of one, two, three one did not let the functions in, or did not reach the others.',
    );
  });
});
