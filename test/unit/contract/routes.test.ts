import { describe, expect, it } from 'vitest';
import { PROBLEM_CODES, PROBLEMS } from '../../../core/contract/problems.ts';
import { commonProblems, ROUTE_NAMES, ROUTES, type RouteDeclaration } from '../../../core/contract/routes.ts';
import { readSources } from '../../support/sources.ts';

const routes = ROUTE_NAMES.map((name) => ({ name, route: ROUTES[name] as RouteDeclaration }));
const named = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
const answers = (route: RouteDeclaration) => [...route.problems, ...commonProblems(route)];

describe('the routes', () => {
  it('are those of the design', () => {
    expect(routes.map(({ route }) => `${route.method} ${route.path}`).sort()).toEqual(
      [
        'POST /api/users',
        'POST /api/session',
        'DELETE /api/session',
        'POST /api/session/refresh',
        'GET /api/me',
        'PATCH /api/me',
        'PUT /api/me/password',
        'GET /api/users',
        'GET /api/users/{userId}',
        'GET /api/conversations',
        'GET /api/channels',
        'POST /api/channels',
        'GET /api/channels/{channelId}/members',
        'PUT /api/channels/{channelId}/members/me',
        'DELETE /api/channels/{channelId}/members/me',
        'PUT /api/direct-messages/{userId}',
        'GET /api/conversations/{conversationId}/messages',
        'POST /api/conversations/{conversationId}/messages',
        'PUT /api/conversations/{conversationId}/read-marker',
        'GET /api/health',
      ].sort(),
    );
  });

  it('are public only where nobody can be signed in yet, or need not be', () => {
    expect(
      routes
        .filter(({ route }) => route.public)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['sign-up', 'sign-in', 'refresh-session', 'sign-out', 'read-health'].sort());
  });

  it('never stand in one another’s way', () => {
    // A parameter matches any segment, so two paths that differ only there are one path.
    const shapes = routes.map(({ route }) => `${route.method} ${route.path.replace(/\{\w+\}/g, '*')}`);
    expect(new Set(shapes).size).toBe(shapes.length);
  });
});

describe.each(routes)('$name', ({ route }) => {
  it('declares the parameters that its path names', () => {
    expect(Object.keys(route.params?._zod.def.shape ?? {})).toEqual(named(route.path));
  });

  it('takes a body only where the method carries one', () => {
    if (route.body) expect(['POST', 'PUT', 'PATCH']).toContain(route.method);
    if (route.query) expect(route.method).toBe('GET');
  });

  it('answers with a body unless it answers 204', () => {
    expect(route.success.body === undefined).toBe(route.success.status === 204);
  });

  it('names each problem once, and none that its declaration implies', () => {
    const all = answers(route);
    expect(all.filter((code, i) => all.indexOf(code) !== i)).toEqual([]);
  });

  it('limits what can be guessed or flooded', () => {
    for (const { count, seconds } of route.rateLimits ?? []) {
      expect(count).toBeGreaterThan(0);
      expect(seconds).toBeGreaterThan(0);
    }
    // Nobody is known yet who could be limited by name alone.
    if (route.public) expect((route.rateLimits ?? []).every(({ per }) => per !== 'user')).toBe(true);
  });
});

describe('the problems', () => {
  it('have the status that their name promises', () => {
    const statusOf = [
      [/_taken$/, 409],
      [/_not_found$/, 404],
      [/_unavailable$/, 503],
      [/^session_|_refused$|^invalid_credentials$/, 401],
    ] as const;
    for (const code of PROBLEM_CODES) {
      if (code === 'origin_refused') continue;
      const expected = statusOf.find(([pattern]) => pattern.test(code))?.[1];
      if (expected !== undefined) expect(PROBLEMS[code].status, code).toBe(expected);
    }
  });

  it.each([
    ['sign-up', 409, ['user_id_taken', 'email_taken']],
    ['sign-up', 422, ['validation_failed']],
    ['sign-in', 401, ['invalid_credentials']],
    ['sign-in', 429, ['too_many_requests']],
    ['refresh-session', 401, ['refresh_refused']],
    ['post-message', 400, ['malformed_json']],
    ['post-message', 401, ['session_required', 'session_expired']],
    ['post-message', 404, ['conversation_not_found']],
    ['post-message', 413, ['body_too_large']],
    ['post-message', 422, ['validation_failed']],
    ['post-message', 503, ['log_unavailable', 'membership_unavailable']],
    ['read-history', 404, ['conversation_not_found']],
    ['read-history', 422, ['validation_failed']],
    ['read-history', 503, ['history_unavailable']],
    ['open-direct-message', 404, ['user_not_found']],
    ['create-channel', 409, ['channel_name_taken']],
    ['leave-channel', 409, ['channel_cannot_be_left']],
    ['change-own-password', 503, ['identity_unavailable', 'sessions_unavailable']],
  ] as const)('%s answers %i with %j', (name, status, codes) => {
    const given = answers(ROUTES[name]).filter((code) => PROBLEMS[code].status === status);
    expect(given.sort()).toEqual([...codes].sort());
  });

  it('are each answered by some route', () => {
    const answered = new Set(routes.flatMap(({ route }) => answers(route)));
    // Of the `$default` route, which no declaration stands for.
    answered.add('route_not_found');
    expect(PROBLEM_CODES.filter((code) => !answered.has(code))).toEqual([]);
  });

  it('are each given by some function', () => {
    const text = readSources('lambdas')
      .map((source) => source.text)
      .join('\n');
    expect(PROBLEM_CODES.filter((code) => !text.includes(`'${code}'`))).toEqual([]);
  });

  it('are titled with a sentence', () => {
    for (const code of PROBLEM_CODES) expect(PROBLEMS[code].title).toMatch(/^[A-Z].*\.$/);
  });

  it('of a post are each known to the outbox, which sets aside, refreshes or retries by status', () => {
    const setAside = [400, 403, 404, 413, 415, 422];
    const refreshed = [401];
    const isRetried = (status: number) => status === 408 || status === 429 || status >= 500;
    const unknown = answers(ROUTES['post-message']).filter((code) => {
      const { status } = PROBLEMS[code];
      return !setAside.includes(status) && !refreshed.includes(status) && !isRetried(status);
    });
    expect(unknown).toEqual([]);
  });
});
