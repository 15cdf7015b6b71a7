import { execFileSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type LikeLambdaOptions,
  LikeLambdaRuntime,
} from '../../../../local/functions/like-lambda-runtime.ts';
import { type ActorSight, type Actors, bundleActors } from './runtime-fixture.ts';

let actors: Actors;
let runtime: LikeLambdaRuntime;

beforeAll(async () => {
  actors = await bundleActors();
});
afterEach(() => runtime.close());
afterAll(() => actors.end());

function start(limits: Partial<LikeLambdaOptions> = {}): void {
  runtime = new LikeLambdaRuntime({ ...actors.options, ...limits });
}

async function describeActor(): Promise<ActorSight> {
  const result = await runtime.invoke('actor', { act: 'describe' });
  expect(result.kind).toBe('returned');
  return (result as unknown as { value: ActorSight }).value;
}

/** "T" for a stopped process, "" for none. */
function processState(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .slice(0, 1);
  } catch {
    return '';
  }
}

describe('the execution model of Lambda', () => {
  it('runs nothing after the return: the instance is frozen', async () => {
    start();
    const { pid } = ((await runtime.invoke('actor', { act: 'linger' })) as unknown as { value: ActorSight })
      .value;
    await vi.waitFor(() => expect(processState(pid)).toBe('T'));
    // Meanwhile another one works for 200 ms.
    await runtime.invoke('hasty', { act: 'sleep', milliseconds: 200 });
    const seen = await describeActor();
    expect(seen.pid).toBe(pid);
    // Timers ticked every millisecond while it was not frozen, some 200 times had it gone on.
    expect(seen.lingered).toBeLessThan(50);
  });

  it('gives each invocation that runs at the same time an instance of its own, up to a limit', async () => {
    start({ instancesPerFunction: 2 });
    const results = await Promise.all(
      [1, 2, 3].map(() => runtime.invoke('actor', { act: 'sleep', milliseconds: 100 })),
    );
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['returned', 'returned', 'throttled']);
    const pids = results.flatMap((result) =>
      result.kind === 'returned' ? [(result.value as ActorSight).pid] : [],
    );
    expect(new Set(pids).size).toBe(2);
    expect((await describeActor()).invocations).toBe(2);
  });

  it('shows functions their settings and nothing else', async () => {
    start();
    expect(await describeActor()).toMatchObject({ setting: 'set' });
    expect(await describeActor()).not.toHaveProperty('home');
  });

  it('ends an instance after so many invocations', async () => {
    start({ invocationsPerInstance: 2 });
    const first = await describeActor();
    expect((await describeActor()).pid).toBe(first.pid);
    expect((await describeActor()).pid).not.toBe(first.pid);
    await vi.waitFor(() => expect(processState(first.pid)).toBe(''));
  });

  it('ends an instance that has nothing to do', async () => {
    start({ idleMilliseconds: 50 });
    const { pid } = await describeActor();
    await vi.waitFor(() => expect(processState(pid)).toBe(''));
    expect((await describeActor()).invocations).toBe(1);
  });

  it('leaves no process behind when it is closed, frozen ones included', async () => {
    start();
    const { pid } = await describeActor();
    await runtime.close();
    expect(processState(pid)).toBe('');
  });
});
