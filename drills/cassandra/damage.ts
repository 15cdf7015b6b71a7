import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Drill } from '../drill.ts';
import { startAgain } from '../run/start-again.ts';
import { waitFor } from '../run/wait-for.ts';
import { nodetool } from './nodetool.ts';
import { LOAD, POSTING_GOES_ON } from './posting-goes-on.ts';
import { rowsOfNode } from './rows-of-node.ts';

const NODE = 2;
const OTHERS = [1, 3];

/** What is written while a node is away is kept for it for three hours; a node that is away for longer has to be repaired. */
const missedHints: Drill = {
  name: 'cassandra-missed-hints',
  title: 'a node comes back when nobody keeps hints for it any more, and is repaired',
  bounds: POSTING_GOES_ON,
  run: async (context) => {
    const { stores, nodes, pingMe, recorder } = context;
    const load = await context.load(LOAD);
    const keyspace = pingMe.functionSettings.CASSANDRA_KEYSPACE ?? '';
    const rows = () => rowsOfNode(stores, { node: NODE, keyspace, conversations: load.conversations });
    await load.acknowledges(100);
    await context.fault(`node ${NODE} is killed, and no hints are kept for it`, async () => {
      for (const other of OTHERS) await nodetool(stores, other, 'disablehandoff');
      await nodes.kill('cassandra', NODE);
    });
    try {
      await load.acknowledges(600);
      await load.settle();
      await startAgain(nodes, 'cassandra', [NODE]);
      const before = await rows();
      context.note(`node ${NODE} is back with ${before} of ${recorder.ledger.acknowledgedCount} messages`);
      await context.heal(`node ${NODE} is repaired`, () =>
        nodetool(stores, NODE, 'repair', '--full', keyspace),
      );
      const after = await rows();
      const all = recorder.ledger.acknowledgedCount;
      return [
        {
          promise: 'the node lacked something, or nothing would be shown',
          kept: before < all,
          measured: `${all - before} lacking`,
        },
        {
          promise: 'a repair brings the node all that it missed',
          kept: after === all,
          measured: `${after} of ${all} on the node itself`,
        },
      ];
    } finally {
      for (const other of OTHERS) await nodetool(stores, other, 'enablehandoff');
    }
  },
};

/**
 * A process that may not let a file grow gets the same errors as on a full disk, and no root is needed to say so. Flushing
 * makes the node write at once; its policy is then to stop serving (`disk_failure_policy: stop`).
 */
const diskFull: Drill = {
  name: 'cassandra-disk-full',
  title: 'one node can write no file any more, as if its disk was full',
  bounds: POSTING_GOES_ON,
  skipped: async () => {
    const found = await promisify(execFile)('prlimit', ['--version']).catch(() => undefined);
    return found === undefined
      ? 'there is no prlimit here (util-linux), with which the limit of a running process is set.'
      : undefined;
  },
  run: async (context) => {
    const { stores, nodes, pingMe } = context;
    const load = await context.load(LOAD);
    const keyspace = pingMe.functionSettings.CASSANDRA_KEYSPACE ?? '';
    await load.acknowledges(100);
    await context.fault(`node ${NODE} can not write`, async () => {
      const parts = await nodes.status();
      const pid = parts.find(({ part, number }) => part === 'cassandra' && number === NODE)?.pid;
      await promisify(execFile)('prlimit', ['--pid', String(pid), '--fsize=0:0']);
      await nodetool(stores, NODE, 'flush', keyspace).catch(() => undefined);
    });
    await waitFor(`node ${NODE} to stop serving by itself`, async () => {
      const status = await nodetool(stores, NODE, 'statusbinary').catch(() => 'not running');
      return status.includes('not running');
    });
    context.note(`node ${NODE} has stopped serving by itself`);
    await load.acknowledges(400);
    await context.heal(`node ${NODE} has room again`, async () => {
      await nodes.kill('cassandra', NODE);
      await startAgain(nodes, 'cassandra', [NODE]);
    });
    await load.acknowledges(200);
    await load.settle();
    const all = context.recorder.ledger.acknowledgedCount;
    const rows = await waitFor('hints to bring the node up to date', async () => {
      const found = await rowsOfNode(stores, { node: NODE, keyspace, conversations: load.conversations });
      return found >= all ? found : undefined;
    }).catch(() => 0);
    return [
      {
        promise: 'the node has in the end what it could not write',
        kept: rows === all,
        measured: `${rows} of ${all} on the node itself`,
      },
    ];
  },
};

export const cassandraDamageDrills: readonly Drill[] = [missedHints, diskFull];
