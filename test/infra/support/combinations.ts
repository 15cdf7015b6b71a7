import {
  AUTHORITY,
  EXISTING_CASSANDRA,
  EXISTING_CLUSTER,
  EXISTING_SERVERS,
  EXISTING_VPC,
  KEPT_CLUSTER,
  KEPT_KEYSPACE,
  KEPT_NODES,
} from './choices.ts';
import { pairwise } from './pairwise.ts';

const PARAMETERS = {
  profile: ['dev', 'prod'],
  region: ['us-east-1', 'eu-central-1'],
  kafka: ['msk', 'existing-cluster', 'existing-servers'],
  database: ['cassandra', 'keyspaces', 'existing'],
  vpc: ['own', 'existing'],
  eventSource: ['lambda', 'external'],
  uploadPage: ['stack', 'cli'],
  waf: ['true', 'false'],
  alarms: ['true', 'false'],
  manageApiGatewayAccount: ['true', 'false'],
  reservedConcurrency: ['true', 'false'],
  domain: ['own', 'none'],
  socketAnswers: ['true', 'false'],
  /** Stores that are new or have public certificates; or that were kept, or have a private authority. */
  stores: ['plain', 'kept or private'],
} as const;

const KAFKA = { msk: {}, 'existing-cluster': EXISTING_CLUSTER, 'existing-servers': EXISTING_SERVERS };
const DATABASES = { cassandra: {}, keyspaces: { database: 'keyspaces' }, existing: EXISTING_CASSANDRA };
const KEPT_OR_PRIVATE: Readonly<Record<string, Record<string, string>>> = {
  msk: KEPT_CLUSTER,
  'existing-servers': { 'existing.kafka.authority': AUTHORITY },
  cassandra: KEPT_NODES,
  keyspaces: KEPT_KEYSPACE,
  existing: { 'existing.cassandra.authority': AUTHORITY },
};

/** The same choices with their ARNs in another region: stores are where everything else is. */
function inRegion(
  region: string | undefined,
  choices: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(choices).map(([key, value]) => [
      key,
      value.replace(/^(arn:aws:\w+):us-east-1:/, `$1:${region}:`),
    ]),
  );
}

/** Pairwise combinations of everything that can be chosen, as `-c` gives them, with a name each. */
export function combinations(): { readonly name: string; readonly choices: Record<string, unknown> }[] {
  return pairwise<string>(
    PARAMETERS,
    ({ kafka, database, vpc }) =>
      !(database === 'cassandra' && (vpc === 'existing' || kafka !== 'msk')) &&
      !(database === 'existing' && vpc === 'own' && kafka === 'msk') &&
      !(kafka === 'existing-cluster' && vpc === 'own'),
  ).map(({ kafka, database, vpc, domain, stores, ...plain }) => ({
    name: Object.entries({ kafka, database, vpc, domain, stores, ...plain })
      .map(([key, value]) => `${key}=${value}`)
      .join(' '),
    choices: {
      ...plain,
      ...inRegion(plain.region, {
        ...KAFKA[kafka as keyof typeof KAFKA],
        ...DATABASES[database as keyof typeof DATABASES],
        ...(stores === 'plain'
          ? {}
          : { ...KEPT_OR_PRIVATE[String(kafka)], ...KEPT_OR_PRIVATE[String(database)] }),
      }),
      ...(vpc === 'existing' ? EXISTING_VPC : {}),
      ...(domain === 'own'
        ? {
            domain: 'chat.example.com',
            certificate: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d',
          }
        : {}),
    },
  }));
}
