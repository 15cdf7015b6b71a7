import { describe, expect, it } from 'vitest';
import { type OriginRequest, toHttpEvent } from '../../../../local/gateway/http-event.ts';

const now = new Date('2026-03-12T19:03:58.390Z');

function make(request: Partial<OriginRequest>) {
  return toHttpEvent(
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
}

describe('toHttpEvent', () => {
  it('sends a request to the function of its route, with decoded parameters', () => {
    const made = make({ target: '/api/conversations/channel%3Aa-1/messages' });
    expect(made?.functionName).toBe('read-history');
    expect(made?.event).toMatchObject({
      routeKey: 'GET /api/conversations/{conversationId}/messages',
      rawPath: '/api/conversations/channel:a-1/messages',
      pathParameters: { conversationId: 'channel:a-1' },
      requestContext: { time: '12/Mar/2026:19:03:58 +0000', timeEpoch: now.getTime(), stage: '$default' },
    });
  });

  it.each([
    ['another method', { method: 'PATCH', target: '/api/channels' }],
    ['HEAD', { method: 'HEAD', target: '/api/channels' }],
    ['a slash at the end', { target: '/api/channels/' }],
    ['an encoded slash, which API Gateway takes for one', { target: '/api/users/a%2Fb' }],
    ['an empty parameter', { target: '/api/users/' }],
    ['an unknown path', { target: '/api/nothing' }],
  ])('sends %s to $default', (_, request) => {
    const made = make(request);
    expect(made?.functionName).toBe('route-not-found');
    expect(made?.event.routeKey).toBe('$default');
    expect(made?.event).not.toHaveProperty('pathParameters');
  });

  it('cuts the path at a question mark that appears when it is decoded', () => {
    expect(make({ target: '/api/users/me%3Fadmin=1?query=x' })?.event).toMatchObject({
      rawPath: '/api/users/me',
      rawQueryString: 'query=x',
    });
  });

  it('refuses a path that cannot be decoded', () => {
    expect(make({ target: '/api/users/%zz' })).toBeUndefined();
  });

  it('joins what comes more than once by commas, names of headers in lower case', () => {
    const made = make({
      target: '/api/users?a=1&b=2&a=3%2C4&c&__proto__=5',
      headers: [
        ['X-One', 'a'],
        ['x-one', 'b'],
        ['Connection', 'keep-alive'],
      ],
    });
    expect(made?.event.headers['x-one']).toBe('a,b');
    expect(made?.event.headers).not.toHaveProperty('connection');
    expect(made?.event.rawQueryString).toBe('a=1&b=2&a=3%2C4&c&__proto__=5');
    expect(Object.entries(made?.event.queryStringParameters ?? {})).toEqual([
      ['a', '1,3,4'],
      ['b', '2'],
      ['c', ''],
      ['__proto__', '5'],
    ]);
  });

  it('gives cookies a field of their own', () => {
    const made = make({
      headers: [
        ['Cookie', 'a=1; b=x=y'],
        ['cookie', 'c=3'],
      ],
    });
    expect(made?.event.cookies).toEqual(['a=1', 'b=x=y', 'c=3']);
    expect(made?.event.headers).not.toHaveProperty('cookie');
  });

  it.each([
    ['application/json; charset=utf-8', false],
    ['text/plain', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['application/octet-stream', true],
    ['application/x-www-form-urlencoded', true],
    ['image/png', true],
  ])('passes a body of type %s on as base64: %s', (contentType, isBase64Encoded) => {
    const body = Buffer.from('héllo');
    const made = make({ method: 'POST', headers: [['Content-Type', contentType]], body });
    expect(made?.event.isBase64Encoded).toBe(isBase64Encoded);
    expect(made?.event.body).toBe(body.toString(isBase64Encoded ? 'base64' : 'utf8'));
    expect(made?.event.headers['content-length']).toBe('6');
  });

  it('has no body field without a body', () => {
    expect(make({ method: 'POST', headers: [['Content-Type', 'image/png']] })?.event).not.toHaveProperty(
      'body',
    );
    expect(make({ method: 'POST', headers: [['Content-Type', 'image/png']] })?.event.isBase64Encoded).toBe(
      false,
    );
  });
});
