import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectNodeControl } from '../../../local/processes/control-client.ts';
import { serveControl } from '../../../local/processes/control-server.ts';
import { jointControl } from '../../../local/processes/joint-control.ts';
import { startPingMe } from '../../../local/run/ping-me.ts';
import { keep } from './keep.ts';
import type { SystemFacts, SystemRequest } from './system-facts.ts';

const LOG_FOLDER = '.ping-me/test-logs';

const { stores, likeLambda } = JSON.parse(process.argv[2] ?? '{}') as SystemRequest;

/** A system of its own on stores that others use too: own topics, keyspace and tables. */
await keep<SystemFacts>(async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'ping-me-system-'));
  const id = randomBytes(4).toString('hex');
  const names = { topicPrefix: `t${id}-`, keyspace: `t${id}`, tablePrefix: `t${id}-` };
  const removeData = () => rm(dataDirectory, { recursive: true, force: true });
  try {
    const pingMe = await startPingMe({
      ...names,
      stores,
      dataDirectory,
      likeLambda,
      // All the people of the tests come from one address; and sessions are refreshed while tests run.
      settings: { ADDRESS_LIMIT_FACTOR: '1000', SESSION_TOKEN_LIFETIME_SECONDS: '20' },
      onStep: (step, seconds) => console.log(`system: ${step} (${seconds.toFixed(1)} s)`),
      onUnexpectedEnd: () => console.error(`The system ended by itself; its output is in ${LOG_FOLDER}.`),
    });
    const controlSocket = join(dataDirectory, 'control.sock');
    const own = new Set(pingMe.parts.map(({ part }) => part));
    const control = await serveControl(
      controlSocket,
      jointControl(pingMe.control, own, connectNodeControl(stores.controlSocket)),
    );
    const facts: SystemFacts = {
      ...stores,
      ...names,
      controlSocket,
      origin: pingMe.url,
      logFile: pingMe.logFile,
      likeLambda,
    };
    const stop = async () => {
      await control.close();
      await pingMe.stop();
      await mkdir(LOG_FOLDER, { recursive: true });
      await copyFile(pingMe.logFile, join(LOG_FOLDER, likeLambda ? 'like-lambda.log' : 'in-process.log'));
    };
    return { facts, stop: () => stop().finally(removeData) };
  } catch (error) {
    await removeData();
    throw error;
  }
});
