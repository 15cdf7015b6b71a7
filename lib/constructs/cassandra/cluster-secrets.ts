import type { RemovalPolicy } from 'aws-cdk-lib';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

export interface ClusterSecretsProps {
  readonly nodes: number;
  readonly removal: RemovalPolicy;
  /** ARN of the secret with the administrator that comes with the volumes, where these begin from snapshots. */
  readonly keptAdministrator: string | undefined;
}

/** The administrator, whom only the functions that set up roles and rotate passwords are. */
const ADMINISTRATOR = 'ping_me_administrator';
/** The first of the two roles that the functions are in turn; the function that rotates the password knows both. */
const FIRST_APPLICATION_ROLE = 'ping_me_a';

const WRITTEN_BY_FUNCTION =
  'The function that issues certificates writes it anew before a third of its life is left, by its own schedule.';

/** What nodes and functions prove themselves with. The first text of each is random, and replaced where it must be more. */
export class ClusterSecrets extends Construct {
  /** Key and certificate of the authority; the function that issues certificates alone reads it. */
  readonly authority: ISecret;
  /** The authority's certificate, for those who connect. */
  readonly trust: ISecret;
  /** Key and certificates of each node, which it alone reads. */
  readonly nodes: readonly ISecret[];
  readonly administrator: ISecret;
  readonly application: Secret;

  constructor(scope: Construct, id: string, { nodes, removal, keptAdministrator }: ClusterSecretsProps) {
    super(scope, id);
    const written = (name: string, description: string): Secret => {
      const secret = new Secret(this, name, {
        description: `Ping Me: ${description}`,
        removalPolicy: removal,
      });
      acknowledge(secret, { 'AwsSolutions-SMG4': WRITTEN_BY_FUNCTION });
      return secret;
    };
    this.authority = written('Authority', 'key and certificate of the authority of the Cassandra nodes');
    this.trust = written('Trust', 'certificate of the authority of the Cassandra nodes');
    this.nodes = Array.from({ length: nodes }, (_, index) =>
      written(`Node${index + 1}`, `key and certificates of Cassandra node ${index + 1}`),
    );
    const credentials = (name: string, username: string, description: string): Secret =>
      new Secret(this, name, {
        description: `Ping Me: ${description}`,
        generateSecretString: {
          secretStringTemplate: JSON.stringify({ username }),
          generateStringKey: 'password',
          passwordLength: 48,
          // They go into CQL statements.
          excludePunctuation: true,
        },
        removalPolicy: removal,
      });
    this.administrator =
      keptAdministrator === undefined
        ? newAdministrator(credentials)
        : Secret.fromSecretCompleteArn(this, 'Administrator', keptAdministrator);
    this.application = credentials(
      'Application',
      FIRST_APPLICATION_ROLE,
      'the role that the functions have in Cassandra',
    );
  }
}

function newAdministrator(
  credentials: (name: string, username: string, description: string) => Secret,
): Secret {
  const administrator = credentials('Administrator', ADMINISTRATOR, 'the superuser of Cassandra');
  acknowledge(administrator, {
    'AwsSolutions-SMG4':
      'Two functions use it, nobody else; docs/runbooks/cassandra.md tells how a person changes it.',
  });
  return administrator;
}
