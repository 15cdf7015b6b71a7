import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { carriesOriginSecret } from '../middleware/origin-secret.ts';
import { isSameOrigin } from '../middleware/same-origin.ts';
import { sessionIn } from '../middleware/session.ts';

/** Asked before `$connect`: refuses other sites and whatever got past CloudFront (403), and who is not signed in (401). */
export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const headers = Object.fromEntries(
    // API Gateway passes the names of a socket's headers on as the client wrote them.
    Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  if (!isSameOrigin(headers) || !(await carriesOriginSecret(headers))) return answer(event, 'Deny', 'nobody');
  const session = await sessionIn((headers.cookie ?? '').split(';'));
  // The word that API Gateway turns into a 401.
  if (typeof session === 'string') throw new Error('Unauthorized');
  return {
    ...answer(event, 'Allow', session.userId),
    context: {
      userId: session.userId,
      sessionId: session.sessionId,
      expiresAt: session.expiresAt.toISOString(),
    },
  };
}

function answer(
  { methodArn }: APIGatewayRequestAuthorizerEvent,
  effect: 'Allow' | 'Deny',
  principalId: string,
): APIGatewayAuthorizerResult {
  return {
    principalId,
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: methodArn }],
    },
  };
}
