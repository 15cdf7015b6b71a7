import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { ROUTE_NAMES, ROUTES, type RouteDeclaration, type RouteName } from '../../../core/contract/routes.ts';
import { COOKIES } from '../../../core/contract/security-headers.ts';
import { ApiClient, type CallOptions } from '../../../drills/client/api-client.ts';
import { Person } from '../../../drills/client/person.ts';
import { type ExampleWorld, exampleCalls } from '../../support/example-calls.ts';

const { origin } = inject('system');
let ada: Person;
let bob: Person;
let world: ExampleWorld;

beforeAll(async () => {
  [ada, bob] = [await Person.signUp(origin), await Person.signUp(origin)];
  const conversationId = await ada.createChannel();
  const closed = await bob.createChannel();
  world = {
    asker: ada,
    other: bob,
    conversationId,
    messageId: '0'.repeat(26),
    toJoin: closed,
    toLeave: closed,
  };
});

const problemOf = async (name: RouteName, options: CallOptions, client = ada.api) => {
  const { status, body, headers } = await client.call(name, options);
  return { status, body, type: headers.get('content-type') };
};

const withoutSession = ROUTE_NAMES.filter((name) => !ROUTES[name].public);
const withBody = ROUTE_NAMES.filter((name) => (ROUTES[name] as RouteDeclaration).body !== undefined);

describe('every route that needs a session', () => {
  it.each(withoutSession)('%s: none is 401', async (name) => {
    const answer = await problemOf(name, exampleCalls(world)[name](), new ApiClient(origin));
    expect(answer).toMatchObject({
      status: 401,
      type: 'application/problem+json',
      body: { code: 'session_required' },
    });
  });

  it('a forged one is 401', async () => {
    const forger = new ApiClient(origin);
    const [header, payload] = (ada.api.cookie(COOKIES.session.name) ?? '').split('.');
    forger.setCookie(COOKIES.session.name, `${header}.${payload}.${'A'.repeat(43)}`, '/');
    expect(await problemOf('read-own-profile', {}, forger)).toMatchObject({
      status: 401,
      body: { code: 'session_required' },
    });
  });
});

describe('every route with a body', () => {
  const send = (name: RouteName, body: string, headers: Record<string, string> = {}) =>
    problemOf(name, { ...exampleCalls(world)[name](), body, headers });

  it.each(withBody)('%s: malformed JSON is 400', async (name) => {
    expect(await send(name, '{"a":')).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
  });
  it.each(withBody)('%s: a body over 32 KB is 413', async (name) => {
    const answer = await send(name, JSON.stringify({ content: 'x'.repeat(33_000) }));
    expect(answer).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  });
  it.each(withBody)('%s: another media type is 415', async (name) => {
    const answer = await send(name, 'a=1', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
  });
  it.each(withBody)('%s: a body of the wrong shape is 422', async (name) => {
    expect(await send(name, '[]')).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
  });
});

describe('another site', () => {
  it('can change nothing', async () => {
    const answer = await problemOf('create-channel', {
      body: { name: 'x' },
      headers: { origin: 'https://evil.example' },
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'origin_refused' } });
  });
});

describe('what is not there', () => {
  it('an unknown API address is a 404 of ours', async () => {
    const response = await fetch(`${origin}/api/nothing/here`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'route_not_found' });
  });

  it.each([
    [
      'read-history',
      { params: { conversationId: `channel:${randomUUID()}` } },
      404,
      'conversation_not_found',
    ],
    ['read-history', { params: { conversationId: 'nonsense' } }, 422, 'validation_failed'],
    ['read-user', { params: { userId: 'nobody-at-all' } }, 404, 'user_not_found'],
    ['open-direct-message', { params: { userId: 'nobody-at-all' } }, 404, 'user_not_found'],
    ['join-channel', { params: { channelId: randomUUID() } }, 404, 'channel_not_found'],
    ['list-members', { params: { channelId: randomUUID() } }, 404, 'channel_not_found'],
  ] as const)('%s %j', async (name, options, status, code) => {
    expect(await problemOf(name, options)).toMatchObject({ status, body: { code } });
  });

  it("someone else's direct message is as if it were not there", async () => {
    const carol = await Person.signUp(origin);
    const conversationId = await bob.openDirectMessage(carol.userId);
    const post = { params: { conversationId }, body: { content: 'hello', nonce: randomUUID() } };
    expect(await problemOf('post-message', post)).toMatchObject({
      status: 404,
      body: { code: 'conversation_not_found' },
    });
    expect(await problemOf('read-history', { params: { conversationId } })).toMatchObject({ status: 404 });
  });
});

describe('posting', () => {
  const post = (body: unknown, conversationId = world.conversationId) =>
    problemOf('post-message', { params: { conversationId }, body });

  it('to a channel that one has not joined is 403, reading it is not', async () => {
    const answer = await post({ content: 'hello', nonce: randomUUID() }, world.toJoin);
    expect(answer).toMatchObject({ status: 403, body: { code: 'not_a_member' } });
    expect((await ada.api.send('read-history', { params: { conversationId: world.toJoin } })).status).toBe(
      200,
    );
  });

  it.each([
    ['an empty message', { content: '' }, 'content'],
    ['blanks', { content: ' \n\t ' }, 'content'],
    ['over 4,000 characters', { content: 'é'.repeat(4_001) }, 'content'],
    ['half a surrogate pair', { content: 'a\ud83d' }, 'content'],
    ['a short nonce', { content: 'hello', nonce: 'short' }, 'nonce'],
    ['a negative attempt', { content: 'hello', attempt: -1 }, 'attempt'],
    ['a bad `after`', { content: 'hello', after: 'yesterday' }, 'after'],
  ])('%s is 422 and names the field', async (_, body, field) => {
    const answer = await post({ nonce: randomUUID(), ...body });
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect((answer.body as { fields: { field: string }[] }).fields.map((problem) => problem.field)).toEqual([
      field,
    ]);
  });

  it('4,000 characters of four bytes each are fine', async () => {
    expect(await post({ content: '😀'.repeat(4_000), nonce: randomUUID() })).toMatchObject({ status: 202 });
  });
});

describe('history', () => {
  it.each([
    ['before', { before: 'yesterday' }],
    ['after', { after: '1' }],
    ['limit', { limit: '0' }],
    ['limit', { limit: '101' }],
    ['limit', { limit: 'many' }],
  ])('a bad %s is 422', async (field, query) => {
    const answer = await problemOf('read-history', {
      params: { conversationId: world.conversationId },
      query: query as Record<string, string>,
    });
    expect(answer).toMatchObject({ status: 422, body: { fields: [{ field }] } });
  });
});

describe('signing up', () => {
  const body = (changes: Record<string, unknown>) => {
    const userId = `n${randomUUID().slice(0, 10)}`;
    return {
      body: {
        userId,
        emailId: `${userId}@example.com`,
        firstName: 'New',
        lastName: 'Here',
        password: 'quite a long one 77',
        ...changes,
      },
    };
  };
  const fieldsOf = (answer: { body: unknown }) =>
    (answer.body as { fields: { field: string }[] }).fields.map(({ field }) => field);

  it.each([
    ['userId', { userId: 'Ada' }],
    ['userId', { userId: 'a' }],
    ['userId', { userId: 'everyone' }],
    ['emailId', { emailId: 'not an address' }],
    ['firstName', { firstName: '   ' }],
    ['lastName', { lastName: 'x'.repeat(51) }],
    ['password', { password: 'seven77' }],
    ['password', { password: 'password123' }],
    ['avatar', { avatar: 'http://example.com/me.png' }],
    ['avatar', { avatar: 'javascript:alert(1)' }],
  ])('a bad %s (%j) is 422', async (field, changes) => {
    const answer = await problemOf('sign-up', body(changes), new ApiClient(origin));
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
    expect(fieldsOf(answer)).toEqual([field]);
  });

  it('names every wrong field at once', async () => {
    const answer = await problemOf(
      'sign-up',
      body({ userId: '!', emailId: '?', firstName: '' }),
      new ApiClient(origin),
    );
    expect(fieldsOf(answer).sort()).toEqual(['emailId', 'firstName', 'userId']);
  });

  it('a taken user id and a taken e-mail address are 409 and name the field', async () => {
    const id = await problemOf('sign-up', body({ userId: ada.userId }), new ApiClient(origin));
    expect(id).toMatchObject({ status: 409, body: { code: 'user_id_taken', fields: [{ field: 'userId' }] } });
    const email = await problemOf(
      'sign-up',
      body({ emailId: `${ada.userId.toUpperCase()}@example.com` }),
      new ApiClient(origin),
    );
    expect(email).toMatchObject({
      status: 409,
      body: { code: 'email_taken', fields: [{ field: 'emailId' }] },
    });
  });

  it('a password of 256 characters is taken whole', async () => {
    const long = `${'long pass phrase '.repeat(16)}`.slice(0, 256);
    const signUp = body({ password: long });
    await new ApiClient(origin).demand('sign-up', signUp);
    const login = signUp.body.userId;
    expect((await new ApiClient(origin).send('sign-in', { body: { login, password: long } })).status).toBe(
      201,
    );
    expect(
      (await new ApiClient(origin).send('sign-in', { body: { login, password: long.slice(0, 255) } })).status,
    ).toBe(401);
  });
});

describe('signing in', () => {
  it('a wrong password and an unknown user get the same answer', async () => {
    const wrong = await problemOf(
      'sign-in',
      { body: { login: bob.userId, password: 'not the right one' } },
      new ApiClient(origin),
    );
    const unknown = await problemOf(
      'sign-in',
      { body: { login: 'nobody-at-all', password: 'not the right one' } },
      new ApiClient(origin),
    );
    expect(wrong).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    const comparable = ({ status, body, type }: typeof wrong) => ({
      status,
      type,
      body: { ...(body as object), requestId: '' },
    });
    expect(comparable(unknown)).toEqual(comparable(wrong));
  });

  it('too many attempts are 429 with Retry-After', async () => {
    const dan = await Person.signUp(origin);
    const attempt = () =>
      new ApiClient(origin).send('sign-in', { body: { login: dan.userId, password: 'guess after guess' } });
    const answers = [];
    for (let count = 0; count < 12; count += 1) answers.push(await attempt());
    expect(answers.slice(0, 10).map(({ status }) => status)).toEqual(Array(10).fill(401));
    expect(answers[11]).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(answers[11]?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('channels', () => {
  it('a taken name is 409 and names the field; bad names are 422; general can not be left', async () => {
    const name = `t-${randomUUID().slice(0, 8)}`;
    await ada.createChannel(name);
    expect(await problemOf('create-channel', { body: { name } }, bob.api)).toMatchObject({
      status: 409,
      body: { code: 'channel_name_taken', fields: [{ field: 'name' }] },
    });
    expect(await problemOf('create-channel', { body: { name: 'No Spaces' } })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'name' }] },
    });
    const { channels } = await ada.api.demand<{ channels: { channelId: string }[] }>('find-channels', {
      query: { name: 'general' },
    });
    expect(channels).toHaveLength(1);
    const left = await problemOf('leave-channel', { params: { channelId: channels[0]?.channelId ?? '' } });
    expect(left).toMatchObject({ status: 409, body: { code: 'channel_cannot_be_left' } });
  });
});
