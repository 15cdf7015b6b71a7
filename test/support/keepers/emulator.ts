import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployToEmulator } from '../../../deploy/deploy-to-emulator.ts';
import { findEmulator } from '../../../deploy/emulator.ts';
import { waitFor } from '../../../drills/run/wait-for.ts';
import { ManagedProcess } from '../../../local/processes/managed-process.ts';
import type { StoreAddresses } from '../../../local/stores/stores.ts';
import { endProcessesOf } from '../end-processes-of.ts';
import { freePort } from '../free-port.ts';
import { pythonTools } from '../python-tools.ts';
import type { EmulatorFacts } from './emulator-facts.ts';
import { keep } from './keep.ts';

/** Needs no container, and deploys what is here; `docs/deploy.md` names what it does not. */
const MINISTACK = 'ministack==1.5.33';

const stores = JSON.parse(process.argv[2] ?? '{}') as StoreAddresses;

/** MiniStack on a port and in a folder of its own, with everything deployed to it. */
await keep<EmulatorFacts>(async (signal) => {
  const folder = await mkdtemp(join(tmpdir(), 'ping-me-emulator-'));
  const port = await freePort();
  const endpoint = `http://localhost:${port}`;
  const process = new ManagedProcess({
    title: 'MiniStack',
    command: 'env',
    arguments: [
      `GATEWAY_PORT=${port}`,
      'BIND_HOST=127.0.0.1',
      'LAMBDA_EXECUTOR=local',
      `STATE_DIR=${join(folder, 'state')}`,
      `TMPDIR=${folder}`,
      'AWS_ACCESS_KEY_ID=test',
      'AWS_SECRET_ACCESS_KEY=test',
      // Its workers are Node processes of this machine, which may be older than the SDK likes.
      'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true',
      join(await pythonTools([MINISTACK]), 'ministack'),
    ],
    workingDirectory: folder,
    outputFile: join(folder, 'ministack.log'),
    stopMilliseconds: 1_000,
  });
  const clear = async () => {
    // It does not end when it is asked to while a function runs, and its workers live on without it.
    await process.kill();
    endProcessesOf(folder);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await process.start();
    const emulator = await waitFor('MiniStack to answer', () => findEmulator({ AWS_ENDPOINT_URL: endpoint }));
    const id = randomBytes(4).toString('hex');
    const names = { topicPrefix: `e${id}-`, keyspace: `e${id}` };
    const workDirectory = join(folder, 'deployment');
    const deployment = await deployToEmulator({
      emulator,
      stores,
      names,
      workDirectory,
      signal,
      say: console.log,
    });
    const facts: EmulatorFacts = {
      origin: deployment.url,
      endpoint,
      stores,
      names,
      workDirectory,
      httpApiEndpoint: deployment.outputs.value('HttpApiEndpoint'),
    };
    return { facts, stop: () => deployment.stop().finally(clear) };
  } catch (error) {
    await clear();
    throw error;
  }
});
