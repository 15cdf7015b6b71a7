import type {
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayProxyStructuredResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
} from 'aws-lambda';
import { closeConnection } from '../application/conversations/close-connection.ts';
import { liveConnections } from '../runtime/live-connections.ts';
import { membershipCopy } from '../runtime/membership-copy.ts';

/** What the authorizer said at `$connect` stands in every event of the connection. */
type DisconnectEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<
  APIGatewayEventWebsocketRequestContextV2 & { authorizer: { userId: string } }
>;

/** `$disconnect` is best effort, and what it misses is found gone by the next push, or expires by itself. */
export async function handler({
  requestContext,
}: DisconnectEvent): Promise<APIGatewayProxyStructuredResultV2> {
  const { connectionId, authorizer } = requestContext;
  await closeConnection(
    { live: liveConnections(), copy: membershipCopy() },
    { connectionId, userId: authorizer.userId },
  );
  return { statusCode: 200 };
}
