import { checkArnRegions } from './config/arn-regions.ts';
import { ConfigError } from './config/config-error.ts';
import { ContextReader } from './config/context-reader.ts';
import { type DatabaseConfig, readDatabase } from './config/database-config.ts';
import { type KafkaConfig, readKafka } from './config/kafka-config.ts';
import { type NetworkConfig, readNetwork } from './config/network-config.ts';
import { type Restore, readRestore } from './config/restore-config.ts';

export type Profile = 'dev' | 'prod';

/** Every choice of a deployment, checked. `docs/deploy.md` tells what each key means. */
export interface Config {
  readonly profile: Profile;
  readonly region: string;
  readonly network: NetworkConfig;
  readonly kafka: KafkaConfig;
  readonly database: DatabaseConfig;
  /** Who reads the log: event source mappings, or a poller of the user's own that invokes the functions. */
  readonly eventSource: 'lambda' | 'external';
  /** Who fills the page's bucket: the web stack, or whoever runs the command that it prints. */
  readonly uploadPage: 'stack' | 'cli';
  readonly waf: boolean;
  readonly alarms: boolean;
  readonly alarmEmail: string | undefined;
  /** The stack sets the account's role for API Gateway's logs, of which there is one per account and region. */
  readonly manageApiGatewayAccount: boolean;
  readonly reservedConcurrency: boolean;
  /** Secrets are rotated by a function of ours. */
  readonly rotateSecrets: boolean;
  /** A frame that the client sends may be answered over the socket; some endpoints have no route responses. */
  readonly socketAnswers: boolean;
  /** Where functions reach `@connections`; `{api}` stands for the id of the WebSocket API. AWS's own by default. */
  readonly connectionsEndpoint: string | undefined;
  readonly domain: { readonly name: string; readonly certificateArn: string } | undefined;
  /** The version of the origin secret that CloudFront sends; the current one at the time of a deployment by default. */
  readonly originSecretVersion: string | undefined;
  /** The nodes' machine image; by default the newest at the first deployment, which is then kept. */
  readonly ami: string | undefined;
  /** How often the volume of each node was made anew, in the order of the zones. */
  readonly volumeGenerations: readonly string[];
  /** Whether nodes change, and are made, only once the others are up; false to recover when several are down. */
  readonly awaitNodes: boolean;
  readonly restore: Restore;
}

/**
 * Reads and checks the CDK's context.
 *
 * @throws {ConfigError} one sentence that names the key and says what is allowed
 */
export function readConfig(context: Readonly<Record<string, unknown>>): Config {
  const reader = new ContextReader(context);
  const profile = reader.oneOf('profile', ['dev', 'prod'], 'dev');
  const kafka = readKafka(reader);
  const database = readDatabase(reader);
  const network = readNetwork(reader, { kafka: kafka.kind, database: database.kind });
  const alarms = reader.flag('alarms', true);
  const volumeGenerations = reader.list(
    'volumeGenerations',
    /^[1-9]\d*$/,
    'whole numbers from 1 on, one for each node',
  ) ?? ['1', '1', '1'];
  const config: Config = {
    profile,
    region:
      reader.text('region', /^[a-z]{2}(-[a-z]+)+-\d$/, 'the name of an AWS region such as us-east-1') ??
      'us-east-1',
    network,
    kafka,
    database,
    eventSource: reader.oneOf('eventSource', ['lambda', 'external'], 'lambda'),
    uploadPage: reader.oneOf('uploadPage', ['stack', 'cli'], 'stack'),
    waf: reader.flag('waf', true),
    alarms,
    alarmEmail: reader.text('alarmEmail', /^\S+@\S+\.\S+$/, 'an e-mail address'),
    manageApiGatewayAccount: reader.flag('manageApiGatewayAccount', true),
    reservedConcurrency: reader.flag('reservedConcurrency', profile === 'prod'),
    rotateSecrets: reader.flag('rotateSecrets', true),
    socketAnswers: reader.flag('socketAnswers', true),
    connectionsEndpoint: reader.text('connectionsEndpoint', /^https?:\/\/\S+$/, 'an http or https address'),
    domain: readDomain(reader),
    originSecretVersion: reader.text(
      'originSecretVersion',
      /^[\w-]{32,64}$/,
      'the id of a version of the secret',
    ),
    volumeGenerations,
    ami: reader.text('ami', /^ami-[0-9a-f]+$/, 'the id of a machine image such as ami-0a1b2c3d'),
    awaitNodes: reader.flag('awaitNodes', true),
    restore: readRestore(reader, { kafka, database: database.kind, volumeGenerations }),
  };
  reader.refuseUnknown();
  if (!alarms && config.alarmEmail !== undefined) {
    throw new ConfigError('alarmEmail', 'does not go with alarms=false');
  }
  if (reader.has('volumeGenerations') && database.kind !== 'cassandra') {
    throw new ConfigError('volumeGenerations', 'needs database=cassandra, whose volumes they count');
  }
  if (config.volumeGenerations.length !== 3) {
    throw new ConfigError(
      'volumeGenerations',
      'must be three, such as 1,2,1 for a new volume of the second node',
    );
  }
  if (config.ami !== undefined && database.kind !== 'cassandra') {
    throw new ConfigError('ami', 'needs database=cassandra, whose nodes it is for');
  }
  if (reader.has('awaitNodes') && database.kind !== 'cassandra') {
    throw new ConfigError('awaitNodes', 'needs database=cassandra, whose nodes are awaited');
  }
  checkArnRegions(reader, config.region);
  checkEventSource(config);
  return config;
}

function readDomain(reader: ContextReader): Config['domain'] {
  const name = reader.text('domain', /^([a-z0-9-]+\.)+[a-z]{2,}$/, 'a domain name in lower case');
  const certificateArn = reader.text(
    'certificate',
    // CloudFront takes certificates from this region alone.
    /^arn:[\w-]+:acm:us-east-1:\d{12}:certificate\/[\w-]+$/,
    'the ARN of an ACM certificate in us-east-1',
  );
  if (name === undefined && certificateArn === undefined) return undefined;
  if (name === undefined) throw new ConfigError('domain', 'is missing: certificate needs the name it is for');
  if (certificateArn === undefined) {
    throw new ConfigError(
      'certificate',
      'is missing: domain needs the ARN of an ACM certificate in us-east-1',
    );
  }
  return { name, certificateArn };
}

/** Lambda reads brokers of one's own over a network it is told, or with a password. */
function checkEventSource({ eventSource, kafka, network }: Config): void {
  if (eventSource === 'external' || kafka.kind !== 'existing-servers') return;
  if (kafka.secretArn === undefined && network.kind !== 'existing') {
    throw new ConfigError(
      'eventSource',
      'must be external where the brokers have neither existing.kafka.secret nor existing.vpc',
    );
  }
}
