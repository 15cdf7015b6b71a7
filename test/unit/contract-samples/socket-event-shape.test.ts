import { describe, expect, it } from 'vitest';
import { toOriginHeaders } from '../../../local/gateway/edge.ts';
import {
  type SocketFacts,
  toAuthorizerEvent,
  toConnectEvent,
  toDisconnectEvent,
  toMessageEvent,
} from '../../../local/gateway/socket-event.ts';
import { readSample, shapeOf } from './shape.ts';

const now = new Date('2026-01-27T16:39:47.617Z');
const authorizer = { principalId: 'anna', integrationLatency: 27, sessionId: '1' };
const facts: SocketFacts = {
  connectionId: 'FDmBIeapIAMCIQg=',
  connectedAt: now,
  sourceIp: '192.0.2.1',
  userAgent: undefined,
  headers: toOriginHeaders(
    [
      ['Host', 'localhost:3000'],
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ['Sec-WebSocket-Version', '13'],
    ],
    { domainName: 'api.example.com', secret: 'secret', viewerAddress: '192.0.2.1' },
  ),
  rawQueryString: '',
};

function expectShapeOf(sample: string, event: unknown): void {
  expect(shapeOf(JSON.parse(JSON.stringify(event)))).toEqual(shapeOf(readSample(sample).event));
}

/** Headers of a sample that our event lacks, in AWS's case; it has more: what CloudFront adds. */
function missingHeaders(sample: string, event: { headers: object }): string[] {
  const ours = Object.keys(event.headers);
  return Object.keys(readSample(sample).event.headers as object).filter((name) => !ours.includes(name));
}

describe('the events of a WebSocket API', () => {
  it('has the documented fields for the authorizer', () => {
    const event = toAuthorizerEvent(facts, now);
    expectShapeOf('socket-authorizer', event);
    expect(missingHeaders('socket-authorizer', event)).toEqual([]);
  });

  it('has the documented fields for $connect, and no headers of the handshake', () => {
    const event = toConnectEvent(facts, authorizer, now);
    expectShapeOf('socket-connect', event);
    expect(missingHeaders('socket-connect', event)).toEqual([]);
    expect(Object.keys(event.headers)).not.toContain('Upgrade');
  });

  it('has the documented fields for a message', () => {
    expectShapeOf('socket-message', toMessageEvent(facts, authorizer, 'hello', now));
  });

  it('has the documented fields for $disconnect', () => {
    const event = toDisconnectEvent(facts, authorizer, { code: 1005, reason: '' }, now);
    expectShapeOf('socket-disconnect', event);
    expect(event.headers).toEqual({
      ...(readSample('socket-disconnect').event.headers as object),
      Host: expect.any(String),
    });
    expect(event.requestContext).toMatchObject({
      disconnectStatusCode: 1005,
      disconnectReason: 'Client-side close frame status not set',
    });
  });

  it('has query parameters only where there is a query', () => {
    const asked = { ...facts, rawQueryString: 'a=1&a=2' };
    expect(toConnectEvent(asked, authorizer, now)).toMatchObject({
      queryStringParameters: { a: '2' },
      multiValueQueryStringParameters: { a: ['1', '2'] },
    });
    expect(toConnectEvent(facts, authorizer, now)).not.toHaveProperty('queryStringParameters');
  });
});
