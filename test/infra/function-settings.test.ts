import { describe, expect, it } from 'vitest';
import {
  FUNCTION_NAMES,
  FUNCTIONS,
  type FunctionName,
  type NodeFunctionName,
} from '../../core/contract/functions.ts';
import * as environment from '../../lambdas/runtime/environment.ts';
import { EMULATOR, EXISTING_CASSANDRA, EXISTING_SERVERS, EXISTING_VPC } from './support/choices.ts';
import { ofType } from './support/resources.ts';
import { type Synthesized, synthesize } from './support/synthesize.ts';

let synthesized: Synthesized | undefined;

/** A list that is joined at deployment keeps its commas. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'Fn::Join' in value) {
    const [separator, items] = value['Fn::Join'] as [string, unknown[]];
    return items.map(textOf).join(separator);
  }
  return 'known-at-deployment';
}

/** A function's settings as it will see them: what is known only at deployment stands as some text. */
function settingsIn(stack: string, name: string): Record<string, string> {
  const [, resource] =
    ofType(synthesized?.templates[stack] ?? {}, 'AWS::Lambda::Function').find(
      ([, { Properties }]) => Properties.Description === `Ping Me: ${name}`,
    ) ?? [];
  const { Variables = {} } = (resource?.Properties.Environment ?? {}) as {
    Variables?: Record<string, unknown>;
  };
  return Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, textOf(value)]));
}

const CHOICES = [
  ['MSK and nodes of our own', {}],
  ['MSK and Keyspaces', { database: 'keyspaces' }],
  ['brokers and nodes of the user’s', { ...EXISTING_SERVERS, ...EXISTING_CASSANDRA, ...EXISTING_VPC }],
  ['an emulator', EMULATOR],
] as const;

const settingsOf = (name: FunctionName) => settingsIn('Api', name);

describe.each(CHOICES)('the settings of every function, with %s', (_, choices) => {
  it('are what the functions’ own parser takes', () => {
    synthesized = synthesize(choices);
    for (const name of FUNCTION_NAMES) {
      const { needs } = FUNCTIONS[name];
      const settings = settingsOf(name);
      const parse = () => {
        if ((needs.produces?.length ?? 0) > 0 || needs.administersStores) environment.kafkaSettings(settings);
        if (needs.cassandra) environment.cassandraSettings(settings);
        if (needs.administersStores) environment.setUpSettings(settings);
        for (const table of needs.dynamodb ?? []) environment.dynamoSettings(settings).tableName(table);
        if (needs.sessionKeys) environment.sessionSettings(settings);
        if (needs.connections) environment.connectionsSettings(settings);
        if (FUNCTIONS[name].entry.startsWith('lambdas/http/')) environment.originSettings(settings);
      };
      expect(parse, name).not.toThrow();
    }
  });
});

it('the set-up expects the topics that the stack makes', () => {
  synthesized = synthesize();
  expect(environment.setUpSettings(settingsOf('set-up-stores'))).toEqual({
    partitions: 'cloud',
    kafkaReplicationFactor: 3,
    createsTopics: false,
  });
});

it('the functions that look after nodes find what they need', () => {
  synthesized = synthesize();
  const settingsOfNodeFunction = (name: NodeFunctionName) => settingsIn('Database', name);
  expect(() => environment.certificateSettings(settingsOfNodeFunction('issue-certificates'))).not.toThrow();
  for (const name of ['set-up-database-roles', 'rotate-database-password'] as const) {
    const settings = settingsOfNodeFunction(name);
    expect(() => environment.databaseRoleSettings(settings), name).not.toThrow();
    expect(environment.cassandraSettings(settings), name).toMatchObject({
      authentication: 'password',
      tls: true,
    });
  }
  expect(environment.cassandraSettings(settingsOfNodeFunction('await-cassandra-node'))).toMatchObject({
    contactPoints: ['10.42.48.10', '10.42.48.42', '10.42.48.74'],
    tls: true,
  });
});
