import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { answerClientFrame } from '../application/conversations/answer-client-frame.ts';

/** `$default` of the WebSocket API: the body of the answer goes back over the socket. */
export async function handler(
  event: APIGatewayProxyWebsocketEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const body = answerClientFrame(event.body);
  return { statusCode: 200, ...(body === undefined ? {} : { body }) };
}
