import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DYNAMODB_TABLES } from '../../../core/contract/dynamodb-tables.ts';
import { EVENT_SOURCES } from '../../../core/contract/event-sources.ts';
import {
  CLOUD_FUNCTIONS,
  FUNCTION_NAMES,
  FUNCTIONS,
  type FunctionDeclaration,
  KEPT_KEYSPACE_FUNCTIONS,
  MSK_FUNCTIONS,
  NODE_FUNCTION_NAMES,
  NODE_FUNCTIONS,
  NODE_SCHEDULES,
  SCHEDULES,
  SOCKET_ROUTES,
} from '../../../core/contract/functions.ts';
import { ROUTE_NAMES, ROUTES, type RouteDeclaration } from '../../../core/contract/routes.ts';
import { TOPICS } from '../../../core/contract/topics.ts';
import { readSources } from '../../support/sources.ts';

const functions = FUNCTION_NAMES.map((name) => ({ name, declared: FUNCTIONS[name] as FunctionDeclaration }));
const nodeFunctions = NODE_FUNCTION_NAMES.map((name) => NODE_FUNCTIONS[name] as FunctionDeclaration);
const otherFunctions: readonly FunctionDeclaration[] = [
  ...Object.values(CLOUD_FUNCTIONS),
  ...Object.values(MSK_FUNCTIONS),
  ...Object.values(KEPT_KEYSPACE_FUNCTIONS),
  ...nodeFunctions,
];
const namesWhere = (holds: (declared: FunctionDeclaration) => boolean) =>
  functions.filter(({ declared }) => holds(declared)).map(({ name }) => name);

describe('the functions', () => {
  it('each have an entry point, and it is theirs alone', () => {
    const entries = [...functions.map(({ declared }) => declared), ...otherFunctions].map(
      ({ entry }) => entry,
    );
    expect(new Set(entries).size).toBe(entries.length);
    expect(entries.filter((entry) => !existsSync(entry))).toEqual([]);
  });

  it('are all declared: there is no entry point beside them', () => {
    const declared = new Set<string>(
      [...functions.map((each) => each.declared), ...otherFunctions].map(({ entry }) => entry),
    );
    const written = readSources('lambdas')
      .map(({ path }) => path)
      .filter((path) => path.endsWith('.lambda.ts'));
    expect(written.filter((path) => !declared.has(path))).toEqual([]);
  });

  it('serve each route by the function of its name', () => {
    expect(ROUTE_NAMES.map((name) => FUNCTIONS[name].entry)).toEqual(
      ROUTE_NAMES.map((name) => `lambdas/http/${name}.lambda.ts`),
    );
  });

  it('serve every socket route, event source and schedule', () => {
    const used = [
      ...Object.values(SOCKET_ROUTES).flatMap((route) => [
        route.function,
        ...('authorizer' in route ? [route.authorizer] : []),
      ]),
      ...EVENT_SOURCES.map((source) => source.function),
      ...SCHEDULES.map((schedule) => schedule.function),
    ];
    expect(used.filter((name) => FUNCTIONS[name] === undefined)).toEqual([]);
    // A deployment and an operator start these two.
    const started = new Set<string>([...ROUTE_NAMES, ...used, 'route-not-found', 'set-up-stores']);
    expect(FUNCTION_NAMES.filter((name) => !started.has(name))).toEqual([]);
  });

  it('end before whoever waits for them does', () => {
    // API Gateway: 30 s for HTTP, 29 s for WebSocket routes. Event source mapping for Kafka: 14 min.
    for (const { name, declared } of functions) {
      const limit = /lambdas\/(http|websocket)\//.test(declared.entry) ? 29 : 14 * 60;
      expect(declared.timeoutSeconds, name).toBeLessThanOrEqual(limit);
      expect(declared.memoryMegabytes, name).toBeGreaterThanOrEqual(128);
    }
  });
});

describe('the functions of Cassandra nodes', () => {
  it('are no functions of one machine, and let nobody else administer roles or keep secrets', () => {
    expect(
      FUNCTION_NAMES.filter((name) => (NODE_FUNCTION_NAMES as readonly string[]).includes(name)),
    ).toEqual([]);
    expect(
      namesWhere(({ needs }) => needs.administersRoles === true || needs.keepsSecrets !== undefined),
    ).toEqual([]);
    expect(NODE_SCHEDULES.map((schedule) => NODE_FUNCTIONS[schedule.function])).not.toContain(undefined);
  });

  it('keep the authority’s key to the one that issues', () => {
    const readers = NODE_FUNCTION_NAMES.filter((name) =>
      (NODE_FUNCTIONS[name] as FunctionDeclaration).needs.keepsSecrets?.includes('cassandraAuthority'),
    );
    expect(readers).toEqual(['issue-certificates']);
  });
});

describe('what the functions need', () => {
  it('exists', () => {
    const topics = new Set<string>(Object.values(TOPICS).map(({ name }) => name));
    for (const { name, declared } of functions) {
      for (const topic of declared.needs.produces ?? []) expect(topics, name).toContain(topic);
      for (const table of declared.needs.dynamodb ?? [])
        expect(Object.keys(DYNAMODB_TABLES), name).toContain(table);
    }
  });

  it('leaves no DynamoDB table unused', () => {
    const used = new Set(functions.flatMap(({ declared }) => declared.needs.dynamodb ?? []));
    expect(Object.keys(DYNAMODB_TABLES).filter((table) => !used.has(table as never))).toEqual([]);
  });

  it('keeps whoever calls connections outside the VPC: no Cassandra, no Kafka', () => {
    const callers = functions.filter(({ declared }) => declared.needs.connections);
    expect(callers.map(({ name }) => name)).toEqual(['deliver']);
    for (const { declared } of callers) {
      expect(declared.needs.cassandra).toBeUndefined();
      expect(declared.needs.produces).toBeUndefined();
    }
  });

  it('lets only the store function write dead letters, and only posting append messages', () => {
    expect(namesWhere(({ needs }) => needs.produces?.includes('messages-dead') === true)).toEqual(['store']);
    // The health route asks whether the topic could be appended to.
    const appending = namesWhere(({ needs }) => needs.produces?.includes('messages') === true);
    expect(appending.filter((name) => name !== 'read-health')).toEqual(['post-message']);
  });

  it('holds the rate limits of exactly the routes that have some', () => {
    const limited = ROUTE_NAMES.filter((name) => (ROUTES[name] as RouteDeclaration).rateLimits !== undefined);
    expect(namesWhere(({ needs }) => needs.dynamodb?.includes('rateLimits') === true).sort()).toEqual(
      limited.sort(),
    );
  });

  it('holds the sessions wherever sessions can be unavailable', () => {
    const routes = ROUTE_NAMES.filter((name) =>
      (ROUTES[name].problems as readonly string[]).includes('sessions_unavailable'),
    );
    for (const name of routes) expect(FUNCTIONS[name].needs.dynamodb, name).toContain('sessions');
  });

  it('holds the session keys of every route with a session', () => {
    for (const name of ROUTE_NAMES) {
      if (!ROUTES[name].public) expect(FUNCTIONS[name].needs.sessionKeys, name).toBe(true);
    }
  });
});
