import { describe, expect, it } from 'vitest';
import { createApiClient } from '../../../../web/src/lib/api/api-client.ts';
import { ApiError, describeError, fieldMessages } from '../../../../web/src/lib/api/api-error.ts';

/** A client whose every request gets that answer, and what it asked. */
function answering(answer: () => Response | Promise<Response>) {
  const requests: Request[] = [];
  const call = createApiClient({
    fetch: async (input, init) => {
      requests.push(new Request(new URL(String(input), 'http://localhost:3000'), init));
      return answer();
    },
  });
  return { call, requests };
}

const json = (
  status: number,
  body: unknown,
  type = 'application/json',
  headers: Record<string, string> = {},
) => new Response(JSON.stringify(body), { status, headers: { 'content-type': type, ...headers } });

const problemJson = (status: number, body: unknown, headers = {}) =>
  json(status, body, 'application/problem+json', headers);

const failure = async (answer: () => Response | Promise<Response>): Promise<ApiError> => {
  const error = await answering(answer)
    .call('list-conversations')
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
};

describe('a call', () => {
  it('puts parameters, query and body where the contract says', async () => {
    const { call, requests } = answering(() => json(200, { messages: [], catchingUp: false }));
    await call('read-history', {
      params: { conversationId: 'dm:a:b' },
      query: { limit: '50', before: undefined },
    });
    expect(requests[0]?.url).toBe('http://localhost:3000/api/conversations/dm%3Aa%3Ab/messages?limit=50');
    expect(requests[0]?.method).toBe('GET');

    const posting = answering(() => json(202, {}));
    await posting.call('post-message', {
      params: { conversationId: 'dm:a:b' },
      body: { content: 'hello', nonce: 'nonce-01', attempt: 0 },
    });
    expect(posting.requests[0]?.headers.get('content-type')).toBe('application/json');
    expect(await posting.requests[0]?.json()).toEqual({ content: 'hello', nonce: 'nonce-01', attempt: 0 });
  });

  it('gives undefined where there is no body', async () => {
    const { call } = answering(() => new Response(null, { status: 204 }));
    await expect(call('sign-out')).resolves.toBeUndefined();
  });

  it('fails with the problem in the words of the service', async () => {
    const error = await failure(() =>
      problemJson(422, {
        code: 'validation_failed',
        status: 422,
        title: 'Some fields are not right.',
        fields: [{ field: 'name', message: 'is too long' }],
      }),
    );
    expect(error).toMatchObject({ kind: 'problem', status: 422, problem: { code: 'validation_failed' } });
    expect(fieldMessages(error)).toEqual({ name: 'is too long' });
  });

  it('takes Retry-After from the body, or from the header', async () => {
    const inBody = await failure(() => problemJson(429, { code: 'too_many_requests', retryAfter: 90 }));
    expect(describeError(inBody)).toBe('Too many attempts; try again in 90 seconds.');
    const inHeader = await failure(() =>
      json(429, { message: 'Too Many Requests' }, 'application/json', { 'retry-after': '3' }),
    );
    expect(inHeader).toMatchObject({ kind: 'foreign', status: 429, retryAfter: 3 });
  });

  it.each([
    ["a gateway's own 401", () => json(401, { message: 'Unauthorized' }), 401],
    ["a gateway's own 404", () => json(404, { message: 'Not Found' }), 404],
    ["a gateway's own 503", () => json(503, { message: 'Service Unavailable' }), 503],
    ['a page instead of an answer', () => new Response('<html></html>', { status: 200 }), 200],
    ['a problem with a code that is not ours', () => problemJson(403, { code: 'blocked_by_firewall' }), 403],
    ['another success than the one that was promised', () => json(206, {}), 206],
  ])('takes %s for what it is: not ours', async (_, answer, status) => {
    expect(await failure(answer)).toMatchObject({ kind: 'foreign', status });
  });

  it('tells no answer from one that came too late or was called off', async () => {
    expect((await failure(() => Promise.reject(new TypeError('fetch failed')))).kind).toBe('unreachable');
    const calledOff = new AbortController();
    const { call } = answering(() => {
      calledOff.abort();
      return Promise.reject(calledOff.signal.reason);
    });
    await expect(call('list-conversations', undefined, { signal: calledOff.signal })).rejects.toMatchObject({
      kind: 'aborted',
    });
  });

  it('keeps what was sent out of its errors', async () => {
    const { call } = answering(() => json(500, { message: 'no' }));
    const error = await call('sign-in', { body: { login: 'me', password: 'correct horse' } }).catch(
      (e: unknown) => e,
    );
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('correct horse');
  });
});
