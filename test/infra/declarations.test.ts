import { beforeAll, describe, expect, it } from 'vitest';
import { EVENT_SOURCES } from '../../core/contract/event-sources.ts';
import {
  CLOUD_FUNCTIONS,
  FUNCTION_NAMES,
  FUNCTIONS,
  NODE_FUNCTION_NAMES,
  SCHEDULES,
  SOCKET_ROUTES,
} from '../../core/contract/functions.ts';
import { ROUTE_NAMES, ROUTES } from '../../core/contract/routes.ts';
import { TOPICS } from '../../core/contract/topics.ts';
import { ofType, referredId } from './support/resources.ts';
import { type Synthesized, type SynthesizedTemplate, synthesize } from './support/synthesize.ts';

let synthesized: Synthesized;
let api: SynthesizedTemplate;

beforeAll(() => {
  synthesized = synthesize({ reservedConcurrency: 'true' });
  api = synthesized.templates.Api ?? {};
});

/** Logical ids of our functions, by their declared names, which their descriptions say. */
function functionIds(): Map<string, string> {
  return new Map(
    ofType(api, 'AWS::Lambda::Function')
      .filter(([, { Properties }]) => String(Properties.Description).startsWith('Ping Me: '))
      .map(([id, { Properties }]) => [String(Properties.Description).replace('Ping Me: ', ''), id]),
  );
}

/** What a route leads to: integration → function. */
function functionOfRoute(target: unknown): string | undefined {
  const integrationId = referredId(target);
  const uri = api.Resources?.[integrationId ?? '']?.Properties.IntegrationUri;
  const functionId = referredId(uri);
  return [...functionIds()].find(([, id]) => id === functionId)?.[0];
}

describe('what is deployed is what is declared', () => {
  it('functions: exactly these, each with its memory, time limit, runtime and architecture', () => {
    const ids = functionIds();
    expect([...ids.keys()].sort()).toEqual([...FUNCTION_NAMES].sort());
    for (const name of FUNCTION_NAMES) {
      expect(api.Resources?.[ids.get(name) ?? '']?.Properties, name).toMatchObject({
        MemorySize: FUNCTIONS[name].memoryMegabytes,
        Timeout: FUNCTIONS[name].timeoutSeconds,
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
      });
    }
  });

  it('functions that look after nodes: exactly these, where there are nodes, and nowhere else', () => {
    const described = (templates: Synthesized['templates']) =>
      ofType(templates.Database ?? {}, 'AWS::Lambda::Function')
        .map(([, { Properties }]) => String(Properties.Description))
        .filter((description) => description.startsWith('Ping Me: '))
        .map((description) => description.replace('Ping Me: ', ''));
    expect(described(synthesized.templates).sort()).toEqual([...NODE_FUNCTION_NAMES].sort());
    expect(described(synthesize({ database: 'keyspaces' }).templates)).toEqual([]);
  });

  it('functions of every deployment in the cloud: exactly these, where secrets are rotated', () => {
    const described = ofType(synthesized.templates.State ?? {}, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => String(Properties.Description).replace('Ping Me: ', ''),
    );
    expect(described.sort()).toEqual(Object.keys(CLOUD_FUNCTIONS).sort());
  });

  it('secrets: those that have a function for it are rotated by it, every 30 days', () => {
    const schedules = ['State', 'Database'].flatMap((name) =>
      ofType(synthesized.templates[name] ?? {}, 'AWS::SecretsManager::RotationSchedule').map(
        ([, { Properties }]) => Properties,
      ),
    );
    expect(schedules).toHaveLength(2);
    for (const schedule of schedules) {
      expect(schedule).toMatchObject({
        RotationRules: { ScheduleExpression: 'rate(30 days)' },
        RotateImmediatelyOnUpdate: false,
      });
    }
    const without = synthesize({ rotateSecrets: 'false' }).templates;
    for (const template of Object.values(without)) {
      expect(ofType(template, 'AWS::SecretsManager::RotationSchedule')).toEqual([]);
    }
  });

  it('routes: every declared one to its own function, and our 404 for the rest', () => {
    const found = ofType(api, 'AWS::ApiGatewayV2::Route')
      .filter(
        ([, { Properties }]) =>
          !String(Properties.RouteKey).startsWith('$') ||
          functionOfRoute(Properties.Target) === 'route-not-found',
      )
      .map(([, { Properties }]) => [Properties.RouteKey, functionOfRoute(Properties.Target)]);
    const declared = ROUTE_NAMES.map((name) => [`${ROUTES[name].method} ${ROUTES[name].path}`, name]);
    expect(found.sort()).toEqual([...declared, ['$default', 'route-not-found']].sort());
  });

  it('socket routes: every declared one, and an authorizer exactly where one is declared', () => {
    const names = new Set<string>(Object.values(SOCKET_ROUTES).map((route) => route.function));
    const found = Object.fromEntries(
      ofType(api, 'AWS::ApiGatewayV2::Route')
        .map(
          ([, { Properties }]) =>
            ({ ...Properties, function: functionOfRoute(Properties.Target) }) as Record<string, unknown>,
        )
        .filter((route) => names.has(String(route.function)))
        .map((route) => [
          route.RouteKey,
          {
            function: route.function,
            ...(route.AuthorizationType === 'CUSTOM'
              ? { authorizer: authorizerFunction(route.AuthorizerId) }
              : {}),
          },
        ]),
    );
    expect(found).toEqual(SOCKET_ROUTES);
    expect(ofType(api, 'AWS::ApiGatewayV2::Authorizer')).toHaveLength(1);
  });

  function authorizerFunction(authorizerId: unknown): string | undefined {
    const uri = JSON.stringify(api.Resources?.[referredId(authorizerId) ?? '']?.Properties.AuthorizerUri);
    return [...functionIds()].find(([, id]) => uri.includes(`"${id}"`))?.[0];
  }

  it('event sources: exactly these, with their batches, windows, pollers, retries and partial responses', () => {
    const ids = functionIds();
    const found = ofType(api, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
    expect(found).toHaveLength(EVENT_SOURCES.length);
    for (const declared of EVENT_SOURCES) {
      const mapping = found.find(
        (candidate) =>
          (candidate.AmazonManagedKafkaEventSourceConfig as { ConsumerGroupId: string }).ConsumerGroupId ===
          declared.name,
      );
      expect(mapping, declared.name).toMatchObject({
        FunctionName: { Ref: ids.get(declared.function) },
        Topics: [TOPICS[declared.topic].name],
        BatchSize: declared.batchSize,
        MaximumBatchingWindowInSeconds: declared.maximumBatchingWindowSeconds,
        ProvisionedPollerConfig: {
          MinimumPollers: declared.pollers.minimum,
          MaximumPollers: declared.pollers.maximum,
        },
        StartingPosition: declared.startingPosition,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: declared.maximumRetryAttempts,
      });
      // With a destination Lambda would stop after ten retries.
      expect(mapping).not.toHaveProperty('DestinationConfig');
    }
  });

  it('schedules: exactly these', () => {
    const ids = functionIds();
    const found = ofType(api, 'AWS::Events::Rule').map(([, { Properties }]) => [
      Properties.ScheduleExpression,
      referredId((Properties.Targets as { Arn: unknown }[])[0]?.Arn),
    ]);
    const declared = SCHEDULES.map(({ function: name, everyMinutes }) => [
      everyMinutes === 60 ? 'rate(1 hour)' : `rate(${everyMinutes} minutes)`,
      ids.get(name),
    ]);
    expect(found).toEqual(declared);
  });

  it('topics: exactly these, with their partitions, copies and settings', () => {
    const found = ofType(synthesized.templates.Log ?? {}, 'AWS::MSK::Topic').map(([, { Properties }]) => ({
      name: Properties.TopicName,
      partitions: Properties.PartitionCount,
      replicationFactor: Properties.ReplicationFactor,
      configs: JSON.parse(Buffer.from(String(Properties.Configs), 'base64').toString()),
    }));
    const declared = Object.values(TOPICS).map(({ name, partitions, replicationFactor, configs }) => ({
      name,
      partitions: partitions.cloud,
      replicationFactor,
      configs,
    }));
    expect(found).toEqual(declared);
  });
});
