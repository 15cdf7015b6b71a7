import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunctions } from '../../../../local/functions/build-functions.ts';
import type { RunnableFunction } from '../../../../local/functions/function-runtime.ts';
import type { LikeLambdaOptions } from '../../../../local/functions/like-lambda-runtime.ts';

const ACTOR = 'test/integration/loopback/functions/fixtures/actor.lambda.ts';

/** What the actor says of itself: see `fixtures/actor.lambda.ts`. */
export interface ActorSight {
  invocations: number;
  lingered: number;
  pid: number;
  name: string;
  memory: string;
  remaining: number;
  setting?: string;
  home?: string;
}

/** What a runtime needs to run the actors, and how to take them away again. */
export interface Actors {
  readonly options: LikeLambdaOptions;
  end(): Promise<void>;
}

/** Bundles the actor under two names, in a directory of their own. */
export async function bundleActors(): Promise<Actors> {
  const outputDirectory = await mkdtemp(join(tmpdir(), 'ping-me-functions-'));
  const built = await buildFunctions({
    functions: { actor: { entry: ACTOR }, hasty: { entry: ACTOR } },
    outputDirectory,
  });
  const runnable = (name: string, timeoutSeconds: number): RunnableFunction => ({
    bundle: built.bundleOf(name),
    timeoutSeconds,
    memoryMegabytes: 256,
  });
  return {
    options: {
      functions: { actor: runnable('actor', 20), hasty: runnable('hasty', 0.3) },
      instanceBundle: built.instanceBundle,
      instancesFile: join(outputDirectory, 'instances.json'),
      environment: { ACTOR_SETTING: 'set' },
    },
    end: () => rm(outputDirectory, { recursive: true }),
  };
}
