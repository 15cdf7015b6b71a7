import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { EVENT_SOURCES } from '../core/contract/event-sources.ts';
import { EventSource } from '../local/event-source/event-source.ts';
import { PAGE_DIRECTORY } from '../local/run/build-directories.ts';
import { buildPage } from '../local/run/build-page.ts';
import { logLine } from '../local/run/log-line.ts';
import type { StoreAddresses } from '../local/stores/stores.ts';
import { type CdkCommand, cdklocal } from './cdklocal.ts';
import { downloadPage } from './download-page.ts';
import { openEdge } from './edge.ts';
import type { Emulator } from './emulator.ts';
import { emulatorChoices, type StoreNames } from './emulator-choices.ts';
import { INVOKE_TIMEOUTS, lambdaInvoke } from './lambda-invoke.ts';
import { readStackOutputs, type StackOutputs } from './stack-outputs.ts';
import { uploadPage } from './upload-page.ts';

/** An asset is uploaded and a stack made one after the other: some three minutes on two cores. */
const DEPLOY_LIMIT_SECONDS = 900;
const BOOTSTRAP_LIMIT_SECONDS = 180;
const DESTROY_LIMIT_SECONDS = 300;

export interface EmulatorRun {
  readonly emulator: Emulator;
  /** The running stores. */
  readonly stores: StoreAddresses;
  readonly names: StoreNames;
  /** Outputs of the stacks and the synthesized templates are written here. */
  readonly workDirectory: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

export interface EmulatorDeployment {
  /** Where people chat. */
  readonly url: string;
  readonly outputs: StackOutputs;
  /** Ends the pollers and the edge; what is deployed stays. */
  stop(): Promise<void>;
}

/**
 * Bootstraps and deploys every stack, uploads the page, and runs what the emulator has none of: event source mappings for
 * Kafka, and CloudFront in front of the APIs.
 *
 * @throws OperatorError with a sentence for the person at the terminal
 */
export async function deployToEmulator(
  run: EmulatorRun & { readonly port?: number },
): Promise<EmulatorDeployment> {
  const { emulator, signal, say } = run;
  await deployStacks(run);
  const outputs = await readStackOutputs(outputsFile(run));

  const s3 = new S3Client(clientOptions(emulator, { forcePathStyle: true }));
  const bucket = outputs.value('PageBucket');
  const files = await uploadPage(s3, bucket, PAGE_DIRECTORY);
  say(`The page is uploaded: ${files} files.`);
  signal.throwIfAborted();

  const sources = startEventSources(run, outputs);
  const edge = await openEdge({
    endpoint: emulator.endpoint,
    httpApiId: apiIdOf(outputs.value('HttpApiEndpoint')),
    socketApiId: apiIdOf(outputs.value('SocketApiEndpoint')),
    page: await downloadPage(s3, bucket),
    originSecret: await readOriginSecret(emulator, outputs),
    ...(run.port === undefined ? {} : { port: run.port }),
  });
  return {
    url: edge.url,
    outputs,
    stop: async () => {
      await Promise.all([edge.close(), ...sources.map((source) => source.stop())]);
    },
  };
}

/** Synthesizes and deploys all stacks; again, it changes only what is no longer as declared. */
export async function deployStacks(
  run: EmulatorRun,
  options: Pick<CdkCommand, 'onOutput'> = {},
): Promise<void> {
  const { emulator, stores, signal } = run;
  await mkdir(run.workDirectory, { recursive: true });
  await buildPage(signal);
  const target = `aws://${emulator.account}/${emulator.region}`;
  await cdklocal(emulator, {
    arguments: ['bootstrap', target, ...quietly(run)],
    timeLimitSeconds: BOOTSTRAP_LIMIT_SECONDS,
    choices: emulatorChoices(emulator, stores, run.names),
    signal,
  });
  await cdklocal(emulator, {
    arguments: [
      'deploy',
      '--all',
      '--require-approval=never',
      '--method=direct',
      `--outputs-file=${outputsFile(run)}`,
      '--progress=events',
      ...quietly(run),
    ],
    ...options,
    timeLimitSeconds: DEPLOY_LIMIT_SECONDS,
    choices: emulatorChoices(emulator, stores, run.names),
    signal,
  });
}

/** Destroys all stacks; the stores of this machine keep what they hold. */
export async function destroyStacks(run: EmulatorRun): Promise<void> {
  await cdklocal(run.emulator, {
    arguments: ['destroy', '--all', '--force', ...quietly(run)],
    timeLimitSeconds: DESTROY_LIMIT_SECONDS,
    choices: emulatorChoices(run.emulator, run.stores, run.names),
    signal: run.signal,
  });
}

function quietly({ workDirectory }: EmulatorRun): string[] {
  return [`--output=${join(workDirectory, 'cdk.out')}`, '--no-notices'];
}

function outputsFile({ workDirectory }: EmulatorRun): string {
  return join(workDirectory, 'outputs.json');
}

function startEventSources({ emulator, stores, names }: EmulatorRun, outputs: StackOutputs): EventSource[] {
  const { brokers } = stores.kafka;
  const consumers = new Set(EVENT_SOURCES.map((source) => source.function));
  const invoke = lambdaInvoke(
    new LambdaClient(clientOptions(emulator, { requestHandler: INVOKE_TIMEOUTS, maxAttempts: 1 })),
    Object.fromEntries([...consumers].map((name) => [name, outputs.value(`function${name}`)])),
  );
  return EVENT_SOURCES.map((declaration) => {
    const source = new EventSource({
      declaration,
      brokers,
      topicPrefix: names.topicPrefix,
      identity: { kind: 'self-managed', bootstrapServers: brokers },
      invoke,
      log: logLine,
    });
    source.start();
    return source;
  });
}

async function readOriginSecret(emulator: Emulator, outputs: StackOutputs): Promise<string> {
  const client = new SecretsManagerClient(clientOptions(emulator, {}));
  const { SecretString } = await client.send(
    new GetSecretValueCommand({ SecretId: outputs.value('OriginSecret') }),
  );
  return SecretString ?? '';
}

function clientOptions<Options extends object>(emulator: Emulator, options: Options) {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = emulator.environment;
  return {
    endpoint: emulator.endpoint,
    region: emulator.region,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
    ...options,
  };
}

/** "https://1a2b3c4d.execute-api.us-east-1.amazonaws.com/ws" → "1a2b3c4d", whatever the emulator's host names look like. */
function apiIdOf(endpoint: string): string {
  const { hostname, pathname } = new URL(endpoint);
  const inPath = /\/execute-api\/([^/]+)/.exec(pathname)?.[1];
  return inPath ?? hostname.split('.')[0] ?? '';
}
