import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FunctionRuntime } from '../../../../local/functions/function-runtime.ts';
import type { InvocationResult } from '../../../../local/functions/invocation.ts';
import {
  REQUEST_PAYLOAD_MAX_BYTES,
  RESPONSE_PAYLOAD_MAX_BYTES,
} from '../../../../local/functions/invocation.ts';
import {
  type LikeLambdaOptions,
  LikeLambdaRuntime,
} from '../../../../local/functions/like-lambda-runtime.ts';
import { SharedRuntime } from '../../../../local/functions/shared-runtime.ts';
import type { Act } from './fixtures/actor.lambda.ts';
import { type ActorSight, type Actors, bundleActors } from './runtime-fixture.ts';

let actors: Actors;
let runtime: FunctionRuntime | undefined;

beforeAll(async () => {
  actors = await bundleActors();
});
afterEach(async () => {
  await runtime?.close();
  delete process.env.ACTOR_SETTING;
});
afterAll(() => actors.end());

const KINDS: readonly (readonly [string, (options: LikeLambdaOptions) => FunctionRuntime])[] = [
  ['in this process', (options) => new SharedRuntime({ ...options, inThreads: {} })],
  [
    'in threads',
    (options) =>
      new SharedRuntime({ ...options, inThreads: { actor: { niceness: 0 }, hasty: { niceness: 5 } } }),
  ],
  ['like Lambda', (options) => new LikeLambdaRuntime(options)],
];

function start(make: (options: LikeLambdaOptions) => FunctionRuntime) {
  const started = make(actors.options);
  runtime = started;
  return { started, act: (act: Act, name = 'actor') => started.invoke(name, act) };
}

function sightOf(result: InvocationResult): ActorSight {
  expect(result.kind).toBe('returned');
  return (result as { value: ActorSight }).value;
}

describe.each(KINDS)('functions %s', (kind, make) => {
  it('get event, context and settings, and keep their module between invocations', async () => {
    const { act } = start(make);
    const first = sightOf(await act({ act: 'describe' }));
    expect(first).toMatchObject({
      name: 'actor',
      memory: '256',
      setting: 'set',
      invocations: expect.any(Number),
    });
    expect(first.remaining).toBeGreaterThan(19_000);
    expect(first.remaining).toBeLessThanOrEqual(20_000);
    expect(first).not.toHaveProperty('missing');
    expect(sightOf(await act({ act: 'describe' })).invocations).toBe(first.invocations + 1);
  });

  it('fail with type and message when they throw', async () => {
    const { act } = start(make);
    expect(await act({ act: 'throw', message: 'not this' })).toEqual({
      kind: 'failed',
      errorType: 'RangeError',
      errorMessage: 'not this',
    });
  });

  it('end after their time', async () => {
    const { act } = start(make);
    const begun = performance.now();
    expect(await act({ act: 'sleep', milliseconds: 60_000 }, 'hasty')).toEqual({
      kind: 'failed',
      errorType: 'Sandbox.Timedout',
      errorMessage: 'Task timed out after 0.30 seconds',
    });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect((await act({ act: 'describe' }, 'hasty')).kind).toBe('returned');
  });

  it('take and give 6 MB, and no more', async () => {
    const { started, act } = start(make);
    const fits = { act: 'describe', padding: 'x'.repeat(REQUEST_PAYLOAD_MAX_BYTES - 60) };
    expect((await started.invoke('actor', fits)).kind).toBe('returned');
    const tooLarge = { act: 'describe', padding: 'é'.repeat(REQUEST_PAYLOAD_MAX_BYTES / 2) };
    expect(await started.invoke('actor', tooLarge)).toEqual({ kind: 'too-large' });
    expect((await act({ act: 'answer', bytes: RESPONSE_PAYLOAD_MAX_BYTES - 2 })).kind).toBe('returned');
    expect(await act({ act: 'answer', bytes: RESPONSE_PAYLOAD_MAX_BYTES })).toMatchObject({
      kind: 'failed',
      errorType: 'Function.ResponseSizeTooLarge',
    });
  });

  it('say what is wrong with a bundle that cannot be loaded', async () => {
    const broken = { bundle: '/nowhere/index.mjs', timeoutSeconds: 5, memoryMegabytes: 128 };
    const { started } = start((options) => make({ ...options, functions: { actor: broken, hasty: broken } }));
    expect(await started.invoke('actor', {})).toMatchObject({
      kind: 'failed',
      errorMessage: expect.stringContaining('/nowhere/index.mjs'),
    });
  });

  it('fail once the runtime is closed', async () => {
    const { started, act } = start(make);
    await started.close();
    expect((await act({ act: 'describe' })).kind).toBe('failed');
  });

  if (kind === 'in this process') return;

  it('are cut off in the middle by an abort, and start anew', async () => {
    const { started, act } = start(make);
    await act({ act: 'describe' });
    const sleeping = act({ act: 'sleep', milliseconds: 60_000 });
    await started.abort('actor');
    expect(await sleeping).toMatchObject({ kind: 'failed', errorType: 'Runtime.ExitError' });
    expect(sightOf(await act({ act: 'describe' })).invocations).toBe(1);
  });

  it('fail when their instance exits, and start anew', async () => {
    const { act } = start(make);
    expect(await act({ act: 'exit' })).toMatchObject({ kind: 'failed', errorType: 'Runtime.ExitError' });
    expect(sightOf(await act({ act: 'describe' })).invocations).toBe(1);
  });
});
