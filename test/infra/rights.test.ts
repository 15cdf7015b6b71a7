import { beforeAll, describe, expect, it } from 'vitest';
import { EVENT_SOURCES } from '../../core/contract/event-sources.ts';
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from '../../core/contract/functions.ts';
import {
  actionsOf,
  listOf,
  ofType,
  referredId,
  type Statement,
  statementsOfRole,
} from './support/resources.ts';
import { type Synthesized, type SynthesizedTemplate, synthesize } from './support/synthesize.ts';

let synthesized: Synthesized;
let api: SynthesizedTemplate;

beforeAll(() => {
  synthesized = synthesize();
  api = synthesized.templates.Api ?? {};
});

function propertiesOf(name: FunctionName): Record<string, unknown> {
  const found = ofType(api, 'AWS::Lambda::Function').find(
    ([, { Properties }]) => Properties.Description === `Ping Me: ${name}`,
  );
  return found?.[1].Properties ?? {};
}

function rightsOf(name: FunctionName): Statement[] {
  return statementsOfRole(api, referredId(propertiesOf(name).Role) ?? '');
}

const CONSUMERS = new Set<string>(EVENT_SOURCES.map((source) => source.function));
const inVpc = (name: FunctionName) => 'VpcConfig' in propertiesOf(name);

describe('the rights of a function', () => {
  it.each(FUNCTION_NAMES)('%s has a role of its own, and no policy of AWS', (name) => {
    const roleId = referredId(propertiesOf(name).Role) ?? '';
    const users = ofType(api, 'AWS::Lambda::Function').filter(
      ([, { Properties }]) => referredId(Properties.Role) === roleId,
    );
    expect(users).toHaveLength(1);
    expect(api.Resources?.[roleId]?.Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  it.each(FUNCTION_NAMES)('%s reaches exactly the services that its declaration names', (name) => {
    const { needs } = FUNCTIONS[name];
    const services = new Set(actionsOf(rightsOf(name)).map((action) => action.split(':')[0]));
    const produces = needs.administersStores === true || (needs.produces?.length ?? 0) > 0;
    const expected = new Set([
      'logs',
      'xray',
      ...(needs.dynamodb ? ['dynamodb'] : []),
      ...(produces || CONSUMERS.has(name) ? ['kafka-cluster'] : []),
      ...(CONSUMERS.has(name) ? ['kafka'] : []),
      ...(needs.cassandra || produces || CONSUMERS.has(name) ? ['ec2'] : []),
      ...(needs.connections ? ['execute-api'] : []),
    ]);
    services.delete('secretsmanager');
    expect([...services].sort()).toEqual([...expected].sort());
  });

  it.each(FUNCTION_NAMES)('%s is inside the VPC only for Kafka or Cassandra', (name) => {
    const { cassandra, produces, administersStores } = FUNCTIONS[name].needs;
    expect(inVpc(name)).toBe(cassandra === true || administersStores === true || (produces?.length ?? 0) > 0);
  });

  it('nothing inside the VPC calls a connection', () => {
    const posting = FUNCTION_NAMES.filter((name) =>
      actionsOf(rightsOf(name)).includes('execute-api:ManageConnections'),
    );
    expect(posting).toEqual(FUNCTION_NAMES.filter((name) => FUNCTIONS[name].needs.connections));
    expect(posting.filter(inVpc)).toEqual([]);
  });

  it('post-message appends to the one topic it is for, and reads none', () => {
    const kafka = rightsOf('post-message').filter(({ Action }) =>
      JSON.stringify(Action).includes('kafka-cluster'),
    );
    expect(actionsOf(kafka)).toEqual([
      'kafka-cluster:Connect',
      'kafka-cluster:DescribeTopic',
      'kafka-cluster:WriteData',
    ]);
    const written = kafka.filter(({ Action }) => listOf(Action).includes('kafka-cluster:WriteData'));
    expect(JSON.stringify(written)).toContain('/messages"');
    expect(JSON.stringify(written)).not.toContain('/signals"');
  });

  it('a consumer reads its topics in its groups, and no others', () => {
    const text = JSON.stringify(
      rightsOf('deliver').filter(({ Action }) => JSON.stringify(Action).includes('Group')),
    );
    expect(text).toContain('/deliver-messages"');
    expect(text).toContain('/deliver-signals"');
    expect(text).not.toContain('/store-messages"');
    expect(actionsOf(rightsOf('deliver'))).not.toContain('kafka-cluster:WriteData');
  });

  it('no function makes, changes or scans a table', () => {
    const dynamodb = FUNCTION_NAMES.flatMap((name) => actionsOf(rightsOf(name))).filter((action) =>
      action.startsWith('dynamodb:'),
    );
    expect(new Set(dynamodb)).not.toContain('dynamodb:Scan');
    expect([...new Set(dynamodb)].filter((action) => /Table$/.test(action))).toEqual([
      'dynamodb:DescribeTable',
    ]);
  });
});

describe('who may', () => {
  it('is never everybody: no principal is a wildcard, but for endpoints within the VPC', () => {
    for (const [name, template] of Object.entries(synthesized.templates)) {
      for (const [id, { Type, Properties }] of Object.entries(template.Resources ?? {})) {
        if (Type === 'AWS::EC2::VPCEndpoint') continue;
        for (const statement of statementsIn(Properties)) {
          if (statement.Effect === 'Allow')
            expect(JSON.stringify(statement.Principal ?? ''), `${name}/${id}`).not.toContain('"*"');
        }
      }
    }
  });

  it('may never do everything: no action is a wildcard over a service of ours', () => {
    const actions = FUNCTION_NAMES.flatMap((name) => actionsOf(rightsOf(name)));
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });
});

function statementsIn(value: unknown): Statement[] {
  if (Array.isArray(value)) return value.flatMap(statementsIn);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'Effect' in value && ('Principal' in value || 'Action' in value) ? [value as Statement] : [];
  return [...own, ...Object.values(value).flatMap(statementsIn)];
}

describe('secrets', () => {
  it('are named in a function’s settings by where they are, and never given', () => {
    for (const name of FUNCTION_NAMES) {
      const settings =
        (propertiesOf(name).Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ??
        {};
      for (const [setting, value] of Object.entries(settings)) {
        expect(JSON.stringify(value), `${name} ${setting}`).not.toContain('resolve:');
        if (/_SECRET$|SESSION_KEYS|_AUTHORITY$/.test(setting))
          expect(value, `${name} ${setting}`).toBeTypeOf('object');
      }
    }
  });

  it('are generated, and no template holds one', () => {
    for (const [name, template] of Object.entries(synthesized.templates)) {
      for (const [id, { Properties }] of ofType(template, 'AWS::SecretsManager::Secret')) {
        const given = JSON.stringify(Properties.SecretString ?? '');
        if (given !== '""') expect(given, `${name}/${id}`).toContain('{{resolve:secretsmanager:');
        else expect(Properties, `${name}/${id}`).toHaveProperty('GenerateSecretString');
      }
    }
  });
});
