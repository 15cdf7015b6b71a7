import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { type Crowd, expectPromisesKept, gatherCrowd, nodes, sendAll, settle } from '../../support/system.ts';

/**
 * Each broker in turn: the controller moves only when it is killed, so one of the three is killed while it is the
 * controller.
 */
describe.each([1, 2, 3])('kill -9 of broker %i while messages are posted', (broker) => {
  let crowd: Crowd;

  beforeAll(async () => {
    crowd = await gatherCrowd(inject('system').origin, { people: 3, conversations: 6 });
  });
  afterAll(async () => {
    await nodes().start('kafka', broker);
    await nodes().waitUntilReady('kafka', broker);
    await crowd?.close();
  });

  it('posting goes on, refusals are 503 and go through on retry, nothing is lost or doubled', async () => {
    const refusals: number[] = [];
    const posting = sendAll(crowd, { each: 30, onRefused: (status) => refusals.push(status) });
    await waitFor('the first acknowledgements', () => crowd.ledger.acknowledgedCount > 60);
    await nodes().kill('kafka', broker);
    await posting;
    const report = await settle(crowd);
    expectPromisesKept(report);
    expect(report).toMatchObject({ sent: 540, acknowledged: 540, stored: 540 });
    expect(refusals.filter((status) => status !== 503)).toEqual([]);
    await waitFor('everybody to hear everything', () => crowd.ledger.report().deliveredToAll === 540);
    console.log(
      `broker ${broker} killed: longest silence ${report.longestSilenceMs} ms, ${refusals.length} posts refused with 503 and sent again`,
    );
  });
});
