import type { APIGatewayProxyStructuredResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { liveConnections } from '../runtime/live-connections.ts';

/** `$disconnect` is best effort, and what it misses expires by itself. */
export async function handler(
  event: APIGatewayProxyWebsocketEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  await liveConnections().remove(event.requestContext.connectionId);
  return { statusCode: 200 };
}
