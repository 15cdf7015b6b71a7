import { describe, expect, it } from 'vitest';
import { toOriginHeaders } from '../../../local/gateway/edge.ts';
import { type OriginRequest, toHttpEvent } from '../../../local/gateway/http-event.ts';
import { readSample, shapeOf } from './shape.ts';

const now = new Date('2026-03-12T19:03:58.390Z');

function eventOf(request: Partial<OriginRequest>): unknown {
  const made = toHttpEvent(
    {
      method: 'GET',
      target: '/api/channels',
      protocol: 'HTTP/1.1',
      headers: [],
      body: Buffer.alloc(0),
      ...request,
    },
    now,
  );
  return JSON.parse(JSON.stringify(made?.event));
}

describe('the event of an HTTP API, payload format 2.0', () => {
  it('has the documented fields for a post with everything', () => {
    const event = eventOf({
      method: 'POST',
      target: '/api/conversations/channel%3A1/messages?color=red&color=blue&size=9',
      headers: [
        ['Content-Type', 'application/json'],
        ['Cookie', 'first=1; second=2'],
        ['User-Agent', 'agent'],
      ],
      body: Buffer.from('{"content":"hello"}'),
    });
    expect(shapeOf(event)).toEqual(shapeOf(readSample('http-api-post').event));
  });

  it('has no fields for cookies, query, path parameters and body where there are none', () => {
    expect(shapeOf(eventOf({}))).toEqual(shapeOf(readSample('http-api-get').event));
  });

  it('names the headers that API Gateway adds as AWS does', () => {
    const headers = toOriginHeaders(
      [
        ['Accept', 'text/html'],
        ['User-Agent', 'agent'],
      ],
      { domainName: 'api.example.com', secret: 'secret', viewerAddress: '192.0.2.1' },
    );
    const ours = Object.keys((eventOf({ headers }) as { headers: object }).headers);
    const theirs = Object.keys(readSample('http-api-get').event.headers as object);
    expect(ours).toEqual(expect.arrayContaining(theirs));
    expect(ours.filter((name) => name !== name.toLowerCase())).toEqual([]);
  });
});
