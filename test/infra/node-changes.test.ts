import { describe, expect, it } from 'vitest';
import { NODE_FUNCTIONS } from '../../core/contract/functions.ts';
import { actionsOf, listOf, ofType, referredId, statementsOfRole } from './support/resources.ts';
import { type SynthesizedResource, type SynthesizedTemplate, synthesize } from './support/synthesize.ts';

const ADDRESSES = ['10.42.48.10', '10.42.48.42', '10.42.48.74'];

function database(choices: Record<string, unknown> = {}): SynthesizedTemplate {
  return synthesize(choices).templates.Database ?? {};
}

/** The points that a deployment passes once nodes are up, by their ids: one before each node, one after all. */
function pointsOf(template: SynthesizedTemplate): [id: string, resource: SynthesizedResource][] {
  return ofType(template, 'Custom::PingMeNodesReady');
}

function dependenciesOf(resource: SynthesizedResource | undefined): readonly string[] {
  return listOf(resource?.DependsOn as string[] | undefined);
}

describe('a change of nodes', () => {
  it('waits before each node for the others: a group comes behind its point, the point behind the group before', () => {
    const template = database();
    const points = pointsOf(template);
    const groups = ofType(template, 'AWS::AutoScaling::AutoScalingGroup');
    expect(points).toHaveLength(4);
    for (const [index, [groupId, group]] of groups.entries()) {
      const [pointId, point] = points[index] ?? [];
      expect(point?.Properties).toMatchObject({
        nodes: ADDRESSES.filter((_, other) => other !== index),
        nodesAtCreation: ADDRESSES.slice(0, index),
      });
      expect(dependenciesOf(group)).toContain(pointId);
      const before = groups[index - 1]?.[0];
      if (before !== undefined) expect(dependenciesOf(point)).toContain(before);
      expect(dependenciesOf(points[3]?.[1])).toContain(groupId);
    }
    expect(points[3]?.[1].Properties).toMatchObject({ nodes: ADDRESSES, nodesAtCreation: ADDRESSES });
  });

  it('waits for certificates before, and makes roles behind, the nodes', () => {
    const template = database();
    const [[certificates] = []] = ofType(template, 'Custom::PingMeCertificates');
    const [[, roles] = []] = ofType(template, 'Custom::PingMeDatabaseRoles');
    for (const [id, point] of pointsOf(template)) expect(dependenciesOf(point), id).toContain(certificates);
    expect(dependenciesOf(roles)).toContain(pointsOf(template)[3]?.[0]);
  });

  it('is told to the point by the very version of the launch template that the group takes', () => {
    const template = database();
    const points = pointsOf(template);
    for (const [index, [, { Properties }]] of ofType(
      template,
      'AWS::AutoScaling::AutoScalingGroup',
    ).entries()) {
      const { LaunchTemplateId, Version } = Properties.LaunchTemplate as Record<string, unknown>;
      expect(points[index]?.[1].Properties.change).toEqual({
        'Fn::Join': ['', [LaunchTemplateId, ' ', Version]],
      });
    }
  });

  it('that is another volume does not wait for the node that fills it', () => {
    const change = (template: SynthesizedTemplate) => pointsOf(template)[3]?.[1].Properties.change;
    expect(change(database({ volumeGenerations: '1,2,1' }))).toEqual(change(database()));
    expect(change(database({ ami: 'ami-0a1b2c3d4e5f60718' }))).not.toEqual(change(database()));
  });

  it('asks nobody where several nodes are down and that is said, and stays the same change', () => {
    const points = pointsOf(database({ awaitNodes: 'false' }));
    const asking = pointsOf(database());
    expect(points.map(([id]) => id)).toEqual(asking.map(([id]) => id));
    for (const [index, [id, { Properties }]] of points.entries()) {
      expect(Properties, id).toMatchObject({ nodes: [], nodesAtCreation: [] });
      expect(Properties.change, id).toEqual(asking[index]?.[1].Properties.change);
    }
  });

  it('ends within a quarter of an hour when a node stays away, and undoes nothing', () => {
    for (const [id, { Properties, DeletionPolicy }] of pointsOf(database())) {
      expect(Number(Properties.ServiceTimeout), id).toBeGreaterThan(900);
      expect(Number(Properties.ServiceTimeout), id).toBeLessThan(1_000);
      expect(DeletionPolicy, id).toBe('Retain');
    }
    for (const [, { UpdatePolicy }] of ofType(database(), 'AWS::AutoScaling::AutoScalingGroup')) {
      expect(UpdatePolicy).toMatchObject({
        AutoScalingRollingUpdate: { PauseTime: 'PT1M', WaitOnResourceSignals: false },
      });
    }
  });
});

describe('a new instance of a node', () => {
  it('gets the volume of its node: the rule for its hook names it, and so does what the node waits for', () => {
    for (const choices of [{}, { volumeGenerations: '1,2,1' }]) {
      const template = database(choices);
      const volumes = ofType(template, 'AWS::EC2::Volume').map(([id]) => id);
      const rules = ofType(template, 'AWS::Events::Rule').filter(([id]) => id.includes('Launches'));
      const groups = ofType(template, 'AWS::AutoScaling::AutoScalingGroup');
      expect(rules).toHaveLength(3);
      for (const [index, [ruleId, { Properties }]] of rules.entries()) {
        const [hook] = listOf(groups[index]?.[1].Properties.LifecycleHookSpecificationList as unknown[]);
        const { detail } = Properties.EventPattern as { detail: { LifecycleHookName: string[] } };
        expect(hook).toMatchObject({ LifecycleHookName: detail.LifecycleHookName[0] });
        const [target] = Properties.Targets as { InputTransformer: { InputTemplate: unknown } }[];
        expect(referredId(target?.InputTransformer.InputTemplate)).toBe(volumes[index]);
        expect(dependenciesOf(groups[index]?.[1])).toContain(ruleId);
      }
    }
  });

  it('makes way when it does not get it, early enough for a second one within the wait of a deployment', () => {
    for (const [, { Properties }] of ofType(database(), 'AWS::AutoScaling::AutoScalingGroup')) {
      const [hook] = Properties.LifecycleHookSpecificationList as { HeartbeatTimeout: number }[];
      const seconds = hook?.HeartbeatTimeout ?? 0;
      expect(2 * seconds).toBeLessThan(NODE_FUNCTIONS['await-cassandra-node'].timeoutSeconds);
      const machine = ofType(database(), 'AWS::StepFunctions::StateMachine')[0]?.[1].Properties;
      const definition = JSON.stringify(machine?.DefinitionString);
      const tries = Number(/MaxAttempts\W+(\d+)/.exec(definition)?.[1]);
      const between = Number(/IntervalSeconds\W+(\d+)/.exec(definition)?.[1]);
      expect(tries * between).toBeLessThan(seconds);
    }
  });
});

describe('the functions of the nodes', () => {
  const functionsOf = (template: SynthesizedTemplate) =>
    new Map(
      ofType(template, 'AWS::Lambda::Function')
        .map(([, { Properties }]) => [String(Properties.Description), Properties] as const)
        .filter(([description]) => description.startsWith('Ping Me: '))
        .map(([description, properties]) => [description.replace('Ping Me: ', ''), properties]),
    );

  it('are held back to one instance each, as far as they connect to nodes and where that is chosen', () => {
    const reserved = (choice: string) =>
      Object.fromEntries(
        [...functionsOf(database({ reservedConcurrency: choice }))].map(([name, properties]) => [
          name,
          properties.ReservedConcurrentExecutions,
        ]),
      );
    expect(reserved('true')).toEqual({
      'issue-certificates': undefined,
      'await-cassandra-node': 1,
      'set-up-database-roles': 1,
      'rotate-database-password': 1,
    });
    expect(Object.values(reserved('false'))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('that awaits nodes is inside the VPC, reads two secrets and does nothing else', () => {
    const template = database();
    const properties = functionsOf(template).get('await-cassandra-node');
    const statements = statementsOfRole(template, referredId(properties?.Role) ?? '');
    expect(properties).toHaveProperty('VpcConfig');
    const secrets = statements.filter(({ Action }) => JSON.stringify(Action).includes('secretsmanager'));
    expect(actionsOf(secrets)).toEqual(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue']);
    const read = secrets.flatMap(({ Resource }) => listOf(Resource as unknown[])).map(referredId);
    expect(read.map((id) => id?.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
      'DatabaseSecretsApplication',
      'DatabaseSecretsTrust',
    ]);
    const services = new Set(actionsOf(statements).map((action) => action.split(':')[0]));
    expect([...services].sort()).toEqual(['ec2', 'logs', 'secretsmanager', 'xray']);
  });

  it('read the password of the functions, and write it only in a rotation', () => {
    const written = (choices: Record<string, unknown>, name: string) => {
      const template = database(choices);
      const role = referredId(functionsOf(template).get(name)?.Role) ?? '';
      const secrets = statementsOfRole(template, role).filter(({ Resource }) =>
        JSON.stringify(Resource).includes('DatabaseSecretsApplication'),
      );
      return actionsOf(secrets).map((action) => action.replace('secretsmanager:', ''));
    };
    const reads = ['DescribeSecret', 'GetSecretValue'];
    expect(written({}, 'set-up-database-roles')).toEqual(reads);
    expect(written({}, 'rotate-database-password')).toEqual([
      ...reads,
      'PutSecretValue',
      'UpdateSecretVersionStage',
    ]);
    expect(written({ rotateSecrets: 'false' }, 'rotate-database-password')).toEqual(reads);
  });
});
