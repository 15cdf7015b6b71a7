import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';

/** What an instance knows of its function; plain JSON. */
export interface InstanceFacts {
  readonly name: string;
  readonly bundle: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** How far its thread stands back; absent: not at all. */
  readonly niceness?: number;
}

/** Account, region and log names that stand in for AWS's on one machine. */
export const LOCAL_ACCOUNT_ID = '000000000000';
export const LOCAL_REGION = 'us-east-1';

/** The second argument of a handler. Its time runs from now. */
export function lambdaContext(facts: InstanceFacts): Context {
  const deadline = performance.now() + facts.timeoutSeconds * 1_000;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: facts.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT_ID}:function:${facts.name}`,
    memoryLimitInMB: String(facts.memoryMegabytes),
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${facts.name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
    done: refuseCallback,
    fail: refuseCallback,
    succeed: refuseCallback,
  };
}

function refuseCallback(): never {
  throw new Error('The callback style of handlers is gone: return a promise.');
}
