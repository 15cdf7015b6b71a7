import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { ProblemCode } from '../../core/contract/problems.ts';
import { Problem } from '../application/ports/problem.ts';
import type { HttpEvent } from './http-event.ts';
import { logContext } from './log-context.ts';
import { problemJson } from './problem-json.ts';

/** Makes the entry point of what is no route: every request gets the same problem. */
export function refusingFunction(
  name: string,
  code: ProblemCode,
): (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2> {
  const refuse = async (): Promise<APIGatewayProxyStructuredResultV2> => {
    throw new Problem(code);
  };
  const handler = middy<HttpEvent, APIGatewayProxyStructuredResultV2>(refuse)
    .use(logContext(name))
    .use(problemJson());
  return handler as unknown as (
    event: APIGatewayProxyEventV2,
    context: Context,
  ) => Promise<APIGatewayProxyStructuredResultV2>;
}
