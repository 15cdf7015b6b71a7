import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CASSANDRA_TABLES } from '../../../core/contract/cassandra-tables.ts';
import {
  type FunctionNeeds,
  type KeptSecret,
  NODE_FUNCTION_NAMES,
  NODE_FUNCTIONS,
  NODE_SCHEDULES,
  type NodeFunctionName,
} from '../../../core/contract/functions.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import type { FunctionNetwork } from '../functions/function-network.ts';
import { PingMeFunction } from '../functions/ping-me-function.ts';
import { RunAtDeployment } from '../functions/run-at-deployment.ts';
import type { ClusterSecrets } from './cluster-secrets.ts';
import { NodesReady } from './nodes-ready.ts';

export interface NodeFunctionsProps {
  readonly secrets: ClusterSecrets;
  readonly addresses: readonly string[];
  /** How a function connects to the nodes. */
  readonly connection: Readonly<Record<string, string>>;
  readonly network: FunctionNetwork;
  readonly sizes: Sizes;
  /** Whether functions that connect to the nodes are held back to one instance each: nothing calls them more often. */
  readonly reserveConcurrency: boolean;
  /** See `NodesReadyProps.awaits`. */
  readonly awaitNodes: boolean;
}

const ROTATED_EVERY = Duration.days(30);

/** The functions that look after the nodes: their certificates, roles and passwords, and whether they are up. */
export class NodeFunctions extends Construct {
  /** The nodes need it: before it has run they have nothing to prove themselves with. */
  readonly certificates: RunAtDeployment;
  readonly nodesReady: NodesReady;
  readonly #byName: Readonly<Record<NodeFunctionName, PingMeFunction>>;
  readonly #props: NodeFunctionsProps;

  constructor(scope: Construct, id: string, props: NodeFunctionsProps) {
    super(scope, id);
    this.#props = props;
    this.#byName = Object.fromEntries(NODE_FUNCTION_NAMES.map((name) => [name, this.#make(name)])) as Record<
      NodeFunctionName,
      PingMeFunction
    >;
    this.certificates = new RunAtDeployment(this, 'Certificates', {
      target: this.#byName['issue-certificates'],
      resourceType: 'Custom::PingMeCertificates',
      declaration: props.addresses,
      sizes: props.sizes,
    });
    this.nodesReady = new NodesReady(this, 'NodesReady', {
      target: this.#byName['await-cassandra-node'],
      addresses: props.addresses,
      ready: this.certificates.resource,
      sizes: props.sizes,
      awaits: props.awaitNodes,
    });
    for (const { function: name, everyMinutes } of NODE_SCHEDULES) {
      const rule = new Rule(this, `${name}-schedule`, {
        description: `Ping Me: ${name}`,
        schedule: Schedule.rate(Duration.minutes(everyMinutes)),
        targets: [new LambdaFunction(this.#byName[name], { retryAttempts: 2 })],
      });
      acknowledge(rule, {
        'Serverless-EventBusDLQ': 'The next run by the clock does what this one could not.',
      });
    }
  }

  /** Makes the roles once the nodes are there, and lets Secrets Manager change their passwords from then on. */
  setUpRoles(nodes: Construct, { rotate }: { rotate: boolean }): RunAtDeployment {
    const { secrets, addresses, sizes } = this.#props;
    const roles = new RunAtDeployment(this, 'Roles', {
      target: this.#byName['set-up-database-roles'],
      resourceType: 'Custom::PingMeDatabaseRoles',
      declaration: { addresses, CASSANDRA_TABLES },
      sizes,
    });
    roles.resource.node.addDependency(nodes);
    if (rotate) {
      const schedule = secrets.application.addRotationSchedule('Rotation', {
        rotationLambda: this.#byName['rotate-database-password'],
        automaticallyAfter: ROTATED_EVERY,
        // The first password is as new as the deployment.
        rotateImmediatelyOnUpdate: false,
      });
      schedule.node.addDependency(roles.resource);
    } else {
      acknowledge(secrets.application, {
        'AwsSolutions-SMG4': 'The context value rotateSecrets is false: chosen by who deploys.',
      });
    }
    return roles;
  }

  #make(name: NodeFunctionName): PingMeFunction {
    const { network, sizes, reserveConcurrency } = this.#props;
    const declaration = NODE_FUNCTIONS[name];
    const needs: FunctionNeeds = declaration.needs;
    const connects = needs.cassandra === true || needs.administersRoles === true;
    const created = new PingMeFunction(this, name, {
      name,
      declaration,
      settings: this.#settings(needs),
      logRetention: sizes.logRetention,
      network: connects ? network : undefined,
      reservedConcurrency: connects && reserveConcurrency ? 1 : undefined,
    });
    for (const kept of needs.keepsSecrets ?? []) {
      for (const secret of this.#kept(kept)) {
        secret.grantRead(created);
        secret.grantWrite(created);
      }
    }
    const { secrets } = this.#props;
    if (needs.administersRoles) secrets.administrator.grantRead(created);
    if (connects) secrets.application.grantRead(created);
    if (connects) secrets.trust.grantRead(created);
    acknowledge(created, {
      'Serverless-LambdaDLQ':
        'CloudFormation, Secrets Manager or the next run by the clock hears of its failure and tries again.',
    });
    return created;
  }

  #settings(needs: FunctionNeeds): Readonly<Record<string, string>> {
    const { secrets, addresses, connection } = this.#props;
    if (needs.cassandra) return connection;
    if (needs.administersRoles) {
      return {
        ...connection,
        CASSANDRA_ADMINISTRATOR_SECRET: secrets.administrator.secretArn,
        CASSANDRA_APPLICATION_SECRET: secrets.application.secretArn,
      };
    }
    return {
      CASSANDRA_AUTHORITY_SECRET: secrets.authority.secretArn,
      CASSANDRA_TRUST_SECRET: secrets.trust.secretArn,
      CASSANDRA_NODE_SECRETS: secrets.nodes.map((secret) => secret.secretArn).join(','),
      CASSANDRA_NODE_ADDRESSES: addresses.join(','),
    };
  }

  #kept(name: KeptSecret): readonly ISecret[] {
    const { secrets } = this.#props;
    switch (name) {
      case 'cassandraAuthority':
        return [secrets.authority];
      case 'cassandraTrust':
        return [secrets.trust];
      case 'cassandraNodes':
        return secrets.nodes;
    }
  }
}
