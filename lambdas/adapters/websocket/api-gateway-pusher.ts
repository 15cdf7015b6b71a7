import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { ConnectionPusher } from '../../application/ports/connection-pusher.ts';

/** A push that takes longer counts as failed: one slow connection must not hold up a batch. */
const REQUEST_TIMEOUT_MS = 2_000;

/** Live connections as API Gateway's management API has them. */
export class ApiGatewayPusher implements ConnectionPusher {
  readonly #client: ApiGatewayManagementApiClient;

  constructor(options: { endpoint: string; region: string }) {
    this.#client = new ApiGatewayManagementApiClient({
      endpoint: options.endpoint,
      region: options.region,
      maxAttempts: 1,
      requestHandler: {
        connectionTimeout: 1_000,
        requestTimeout: REQUEST_TIMEOUT_MS,
        httpAgent: { maxSockets: 64 },
      },
    });
  }

  async push(connectionId: string, frame: string): Promise<'sent' | 'gone' | 'failed'> {
    try {
      await this.#client.send(
        new PostToConnectionCommand({ ConnectionId: connectionId, Data: Buffer.from(frame) }),
      );
      return 'sent';
    } catch (error) {
      return error instanceof GoneException ? 'gone' : 'failed';
    }
  }

  async close(connectionId: string): Promise<void> {
    await this.#client
      .send(new DeleteConnectionCommand({ ConnectionId: connectionId }))
      .catch(() => undefined);
  }
}
