import { CustomResource, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import type { Sizes } from '../../sizes.ts';
import { deploymentProvider } from '../functions/deployment-provider.ts';

export interface NodesReadyProps {
  /** The function `await-cassandra-node`. */
  readonly target: IFunction;
  readonly addresses: readonly string[];
  /** What has to be there before any node can be asked: certificates. */
  readonly ready: IDependable;
  readonly sizes: Sizes;
  /** False: every point is passed without asking any node. */
  readonly awaits: boolean;
}

/** What `await-cassandra-node` is told, and what makes CloudFormation call it. */
interface PointProperties {
  readonly nodes: readonly string[];
  readonly nodesAtCreation: readonly string[];
  readonly change: string;
}

/** The function has fourteen minutes, the provider that calls it fifteen; CloudFormation by itself would wait for an hour. */
const SERVICE_TIMEOUT = Duration.minutes(16);

/**
 * Points of a deployment that it passes only once nodes are up. They stand before a change rather than behind it: so no node
 * is taken away while another is missing, whatever it is missing for, and a node that streams a lost volume for hours fails no
 * deployment. A rollback passes them too.
 */
export class NodesReady extends Construct {
  readonly #props: NodesReadyProps;
  readonly #serviceToken: string;

  constructor(scope: Construct, id: string, props: NodesReadyProps) {
    super(scope, id);
    this.#props = props;
    this.#serviceToken = deploymentProvider(this, props.target, props.sizes).serviceToken;
  }

  /**
   * Before a node changes: all others are up. When the nodes are made: those before it.
   *
   * @param index of the node, from 0
   * @param change another text whenever the node changes; may hold tokens
   */
  beforeNode(index: number, change: string): CustomResource {
    const { addresses } = this.#props;
    return this.#resource(`BeforeNode${index + 1}`, {
      nodes: addresses.filter((_, other) => other !== index),
      nodesAtCreation: addresses.slice(0, index),
      change,
    });
  }

  /** All nodes are up, once each has changed. */
  afterAll(change: string): CustomResource {
    const { addresses } = this.#props;
    return this.#resource('AfterAll', { nodes: addresses, nodesAtCreation: addresses, change });
  }

  #resource(id: string, { nodes, nodesAtCreation, change }: PointProperties): CustomResource {
    const { awaits } = this.#props;
    const resource = new CustomResource(this, id, {
      serviceToken: this.#serviceToken,
      resourceType: 'Custom::PingMeNodesReady',
      // A point stays a resource where nobody is awaited: taken away and made again, it would take the cluster for a new one.
      properties: {
        nodes: awaits ? nodes : [],
        nodesAtCreation: awaits ? nodesAtCreation : [],
        change,
      },
      serviceTimeout: SERVICE_TIMEOUT,
      // Nothing is undone when the stack goes, so the function need not run then.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    resource.node.addDependency(this.#props.ready);
    return resource;
  }
}
