import { ApiGatewayPusher } from '../adapters/websocket/api-gateway-pusher.ts';
import type { ConnectionPusher } from '../application/ports/connection-pusher.ts';
import { connectionsSettings, roleCredentials } from './environment.ts';
import { once } from './once.ts';

export const connectionPusher = once(
  (): ConnectionPusher =>
    new ApiGatewayPusher({ ...connectionsSettings(), credentials: () => roleCredentials() }),
);
