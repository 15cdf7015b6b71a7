import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connectNodeControl } from '../../../../local/processes/control-client.ts';
import { serveControl } from '../../../../local/processes/control-server.ts';
import type { PartState } from '../../../../local/processes/node-control.ts';
import { OperatorError } from '../../../../local/processes/operator-error.ts';
import { PartRegistry } from '../../../../local/processes/part-registry.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

async function serve() {
  const registry = new PartRegistry();
  let state: PartState = 'running';
  const become = (next: PartState) => async () => {
    state = next;
  };
  const waited: number[] = [];
  registry.register({
    part: 'cassandra',
    number: 2,
    status: () => (state === 'running' ? { state, pid: 42 } : { state }),
    stop: become('stopped'),
    kill: become('stopped'),
    start: become('running'),
    waitUntilReady: async (timeout) => void waited.push(timeout),
  });
  const path = join(temporaryFolder(), 'control.sock');
  const server = await serveControl(path, registry);
  onTestFinished(() => server.close());
  return { path, registry, server, waited };
}

it('controls a run from another process, as from its own', async () => {
  const { path, waited } = await serve();
  const control = connectNodeControl(path);
  await control.kill('cassandra', 2);
  expect(await control.status()).toEqual([{ part: 'cassandra', number: 2, state: 'stopped' }]);
  await control.start('cassandra', 2);
  await control.waitUntilReady('cassandra', 2, 1_234);
  expect(waited).toEqual([1_234]);
  expect(await control.status()).toEqual([{ part: 'cassandra', number: 2, state: 'running', pid: 42 }]);
});

it('brings the sentence about a wrong address', async () => {
  const { path } = await serve();
  const act = connectNodeControl(path).kill('cassandra', 7);
  await expect(act).rejects.toThrow(OperatorError);
  await expect(act).rejects.toThrow('There is no cassandra 7 here: the numbers are 2.');
});

it('says that nothing runs there when the run is gone', async () => {
  const { path, server } = await serve();
  await server.close();
  await expect(connectNodeControl(path).status()).rejects.toThrow(
    `Nothing runs behind ${path}: start it with npm start.`,
  );
});

it('takes the place of a socket that a killed run left behind', async () => {
  const { path, registry } = await serve();
  const second = await serveControl(path, registry);
  expect(await connectNodeControl(path).status()).toHaveLength(1);
  await second.close();
});
