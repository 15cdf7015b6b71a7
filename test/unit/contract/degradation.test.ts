import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  DEGRADATIONS,
  type DegradedAnswer,
  GONE_PARTS,
  type GonePart,
} from '../../../core/contract/degradation.ts';
import { FUNCTIONS } from '../../../core/contract/functions.ts';
import { PROBLEMS } from '../../../core/contract/problems.ts';
import { ROUTE_NAMES, ROUTES, type RouteDeclaration, type RouteName } from '../../../core/contract/routes.ts';

const rows = GONE_PARTS.flatMap((part) =>
  Object.entries(DEGRADATIONS[part].answers).map(([name, answer]) => ({
    part,
    name: name as RouteName,
    answer: answer as DegradedAnswer,
  })),
);

describe.each(rows)('$name without $part', ({ name, answer }) => {
  const route = ROUTES[name] as RouteDeclaration;

  it('answers what its route declares', () => {
    if ('code' in answer) {
      expect(route.problems).toContain(answer.code);
      expect(PROBLEMS[answer.code].status).toBe(answer.status);
    } else {
      expect(route.success.status).toBe(answer.status);
    }
  });

  it('answers with fields that its body has', () => {
    if ('code' in answer) return;
    const shape = (route.success.body as z.ZodMiniObject | undefined)?.def.shape ?? {};
    for (const [field, value] of Object.entries(answer.body)) {
      const schema = shape[field];
      expect(schema, field).toBeDefined();
      if (schema) expect(z.safeParse(schema, value).success, field).toBe(true);
    }
  });
});

describe('the table of what still works', () => {
  /** What the design promises, by part and route: a problem code, fields of the body, or `as usual`. */
  it.each([
    ['one-kafka-broker', 'post-message', 'as usual'],
    ['one-kafka-broker', 'sign-in', 'as usual'],
    ['two-kafka-brokers', 'post-message', 'log_unavailable'],
    ['two-kafka-brokers', 'read-history', 'as usual'],
    ['two-kafka-brokers', 'sign-in', 'as usual'],
    ['all-kafka', 'post-message', 'log_unavailable'],
    ['all-kafka', 'read-history', 'as usual'],
    ['all-kafka', 'sign-in', 'as usual'],
    ['one-cassandra-node', 'post-message', 'as usual'],
    ['one-cassandra-node', 'read-history', 'as usual'],
    ['all-cassandra', 'post-message', 'as usual'],
    ['all-cassandra', 'read-history', 'history_unavailable'],
    ['all-cassandra', 'list-conversations', { catchingUp: true }],
    ['all-cassandra', 'sign-in', 'as usual'],
    ['all-cassandra', 'refresh-session', 'as usual'],
    ['store-function', 'post-message', 'as usual'],
    ['store-function', 'read-history', { catchingUp: true }],
    ['deliver-function', 'post-message', 'as usual'],
    ['deliver-function', 'read-history', 'as usual'],
    ['dynamodb', 'post-message', 'as usual'],
    ['dynamodb', 'read-history', 'as usual'],
    ['dynamodb', 'sign-in', { refreshable: false }],
    ['dynamodb', 'change-own-password', 'identity_unavailable'],
  ] as const)('without %s, %s answers %j', (part, name, promised) => {
    const answer = DEGRADATIONS[part].answers[name];
    const given = answer === undefined ? 'as usual' : 'code' in answer ? answer.code : answer.body;
    expect(given).toEqual(promised);
  });

  it('says what the page shows, and agrees with itself', () => {
    for (const part of GONE_PARTS) {
      const { answers, page } = DEGRADATIONS[part];
      const canPost = answers['post-message'] === undefined;
      expect(page.sentMessage === 'waiting', part).toBe(!canPost);
      const lags = Object.values(answers).some(
        (answer) => 'body' in answer && answer.body.catchingUp === true,
      );
      expect(page.banner === 'history-catching-up', part).toBe(lags);
    }
  });

  it('has an answer of its own for every route whose only store is gone', () => {
    const only: Readonly<Partial<Record<GonePart, (name: RouteName) => boolean>>> = {
      'all-cassandra': (name) => FUNCTIONS[name].needs.cassandra === true && !FUNCTIONS[name].needs.dynamodb,
      dynamodb: (name) => FUNCTIONS[name].needs.dynamodb !== undefined && !FUNCTIONS[name].needs.cassandra,
    };
    for (const [part, isOnly] of Object.entries(only)) {
      const silent = ROUTE_NAMES.filter(
        (name) => isOnly(name) && !DEGRADATIONS[part as GonePart].answers[name],
      );
      expect(silent, part).toEqual([]);
    }
  });

  it('names only routes that touch what is gone', () => {
    const touches: Readonly<Record<GonePart, (name: RouteName) => boolean>> = {
      'one-kafka-broker': (name) => FUNCTIONS[name].needs.produces !== undefined,
      'two-kafka-brokers': (name) => FUNCTIONS[name].needs.produces !== undefined,
      'all-kafka': (name) => FUNCTIONS[name].needs.produces !== undefined,
      'one-cassandra-node': (name) => FUNCTIONS[name].needs.cassandra === true,
      'all-cassandra': (name) => FUNCTIONS[name].needs.cassandra === true,
      'store-function': (name) => FUNCTIONS[name].needs.dynamodb?.includes('progress') === true,
      'deliver-function': () => false,
      dynamodb: (name) => FUNCTIONS[name].needs.dynamodb !== undefined,
    };
    expect(
      rows.filter(({ part, name }) => !touches[part](name)).map(({ part, name }) => `${part}: ${name}`),
    ).toEqual([]);
  });
});
