import type {
  APIGatewayEventWebsocketRequestContextV2,
  APIGatewayProxyStructuredResultV2,
  APIGatewayProxyWebsocketEventV2WithRequestContext,
} from 'aws-lambda';
import { openConnection } from '../application/conversations/open-connection.ts';
import { StoreUnavailableError } from '../application/ports/store-errors.ts';
import { liveConnections } from '../runtime/live-connections.ts';
import { logger } from '../runtime/logger.ts';
import { membershipCopy } from '../runtime/membership-copy.ts';
import { count, publishMetrics } from '../runtime/metrics.ts';

/** `authorizer` is what the function `authorize-connection` said of the session. */
type ConnectEvent = APIGatewayProxyWebsocketEventV2WithRequestContext<
  APIGatewayEventWebsocketRequestContextV2 & { authorizer: { userId: string; sessionId: string } }
>;

/** `$connect`: the handshake succeeds once the connection hears what its user may hear. */
export async function handler({ requestContext }: ConnectEvent): Promise<APIGatewayProxyStructuredResultV2> {
  const { connectionId, requestId, authorizer } = requestContext;
  const { userId, sessionId } = authorizer;
  try {
    await openConnection(
      { live: liveConnections(), copy: membershipCopy() },
      { connectionId, userId, sessionId },
    );
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error;
    logger.error('connection refused', { requestId, connectionId, store: error.store });
    return { statusCode: 503 };
  }
  count('ConnectionsOpened');
  publishMetrics();
  return { statusCode: 200 };
}
