import { ROUTE_NAMES, type RouteName } from './routes.ts';

/** What a function may touch. The stacks grant exactly this, the local run offers exactly this. */
export interface FunctionNeeds {
  /** Topics it appends to. */
  readonly produces?: readonly ('messages' | 'signals' | 'messages-dead')[];
  readonly cassandra?: true;
  /** DynamoDB tables it reads or writes, by their name in `DYNAMODB_TABLES`. */
  readonly dynamodb?: readonly DynamoTable[];
  /** Posts to live connections, or closes them; such a function stays outside the VPC. */
  readonly connections?: true;
  /** Verifies or issues session tokens. */
  readonly sessionKeys?: true;
  /** Creates topics (where Kafka is not the stack's own) and alters tables. */
  readonly administersStores?: true;
  /** Asks MSK for the addresses of a cluster's brokers. */
  readonly findsBrokers?: true;
  /**
   * Logs in to Cassandra as its administrator: the only ones that may read that secret. They read that of the functions' role too;
   * what changes it is granted its changes by the rotation.
   */
  readonly administersRoles?: true;
  /** Secrets of Secrets Manager that it reads and writes by itself, beside those that its other needs imply. */
  readonly keepsSecrets?: readonly KeptSecret[];
}

/**
 * Secrets around Cassandra nodes of the stack's own: the authority's key, the authority's certificate for clients, key and
 * certificate of each node (one secret each).
 */
export type KeptSecret = 'cassandraAuthority' | 'cassandraTrust' | 'cassandraNodes';

export type DynamoTable =
  | 'identities'
  | 'sessions'
  | 'memberships'
  | 'liveAudiences'
  | 'rateLimits'
  | 'progress';

export interface FunctionDeclaration {
  /** Path of the entry point from the repository's root; it exports `handler`. */
  readonly entry: `lambdas/${string}.lambda.ts`;
  readonly needs: FunctionNeeds;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
}

const http = (name: RouteName, needs: FunctionNeeds, memoryMegabytes = 512): FunctionDeclaration => ({
  entry: `lambdas/http/${name}.lambda.ts`,
  needs: { sessionKeys: true, ...needs },
  // API Gateway gives an HTTP integration 30 s; every one of ours has its own, shorter deadlines inside.
  timeoutSeconds: 29,
  memoryMegabytes,
});

/** One function a route, named as the route. */
const HTTP_FUNCTIONS: Record<RouteName, FunctionDeclaration> = {
  // argon2id takes 19 MiB and one core; a bigger Lambda has more of a core.
  'sign-up': http(
    'sign-up',
    { cassandra: true, dynamodb: ['identities', 'sessions', 'memberships', 'rateLimits'] },
    1024,
  ),
  'sign-in': http('sign-in', { cassandra: true, dynamodb: ['identities', 'sessions', 'rateLimits'] }, 1024),
  'sign-out': http('sign-out', { dynamodb: ['sessions'], produces: ['signals'] }),
  'refresh-session': http('refresh-session', { dynamodb: ['sessions', 'rateLimits'], produces: ['signals'] }),
  'read-own-profile': http('read-own-profile', { cassandra: true, dynamodb: ['identities'] }),
  'update-own-profile': http('update-own-profile', { cassandra: true, dynamodb: ['identities'] }),
  'change-own-password': http(
    'change-own-password',
    { cassandra: true, dynamodb: ['identities', 'sessions', 'rateLimits'], produces: ['signals'] },
    1024,
  ),
  'search-users': http('search-users', { cassandra: true, dynamodb: ['identities'] }),
  'read-user': http('read-user', { cassandra: true, dynamodb: ['identities'] }),
  'list-conversations': http('list-conversations', {
    cassandra: true,
    dynamodb: ['identities', 'memberships', 'progress'],
  }),
  'find-channels': http('find-channels', { cassandra: true }),
  'create-channel': http('create-channel', {
    cassandra: true,
    dynamodb: ['identities', 'memberships', 'liveAudiences', 'rateLimits'],
    produces: ['signals'],
  }),
  'list-members': http('list-members', { cassandra: true, dynamodb: ['identities'] }),
  'join-channel': http('join-channel', {
    cassandra: true,
    dynamodb: ['identities', 'memberships', 'liveAudiences'],
    produces: ['signals'],
  }),
  'leave-channel': http('leave-channel', {
    cassandra: true,
    dynamodb: ['memberships', 'liveAudiences'],
    produces: ['signals'],
  }),
  'open-direct-message': http('open-direct-message', {
    cassandra: true,
    dynamodb: ['identities', 'memberships', 'liveAudiences'],
    produces: ['signals'],
  }),
  'post-message': http('post-message', {
    cassandra: true,
    dynamodb: ['memberships', 'rateLimits'],
    produces: ['messages'],
  }),
  'read-history': http('read-history', { cassandra: true, dynamodb: ['memberships', 'progress'] }),
  'move-read-marker': http('move-read-marker', {
    cassandra: true,
    dynamodb: ['memberships'],
    produces: ['signals'],
  }),
  'read-health': http(
    'read-health',
    { cassandra: true, dynamodb: ['progress'], produces: ['messages'] },
    256,
  ),
};

const OTHER_FUNCTIONS = {
  /** `$default` of the HTTP API: our own 404. */
  'route-not-found': {
    entry: 'lambdas/http/route-not-found.lambda.ts',
    needs: {},
    timeoutSeconds: 3,
    memoryMegabytes: 128,
  },
  'authorize-connection': {
    entry: 'lambdas/websocket/authorize-connection.lambda.ts',
    needs: { sessionKeys: true },
    timeoutSeconds: 10,
    memoryMegabytes: 256,
  },
  connect: {
    entry: 'lambdas/websocket/connect.lambda.ts',
    needs: { dynamodb: ['liveAudiences', 'memberships'] },
    timeoutSeconds: 10,
    memoryMegabytes: 256,
  },
  disconnect: {
    entry: 'lambdas/websocket/disconnect.lambda.ts',
    needs: { dynamodb: ['liveAudiences', 'memberships'] },
    timeoutSeconds: 10,
    memoryMegabytes: 256,
  },
  /** `$default` of the WebSocket API: answers pings. */
  'socket-message': {
    entry: 'lambdas/websocket/socket-message.lambda.ts',
    needs: {},
    timeoutSeconds: 10,
    memoryMegabytes: 128,
  },
  store: {
    entry: 'lambdas/consumers/store.lambda.ts',
    needs: { cassandra: true, produces: ['signals', 'messages-dead'], dynamodb: ['progress'] },
    timeoutSeconds: 300,
    memoryMegabytes: 1024,
  },
  deliver: {
    entry: 'lambdas/consumers/deliver.lambda.ts',
    needs: { dynamodb: ['liveAudiences', 'progress'], connections: true },
    timeoutSeconds: 60,
    memoryMegabytes: 1024,
  },
  'set-up-stores': {
    entry: 'lambdas/operations/set-up-stores.lambda.ts',
    needs: { cassandra: true, administersStores: true },
    timeoutSeconds: 600,
    memoryMegabytes: 512,
  },
  'sweep-memberships': {
    entry: 'lambdas/operations/sweep-memberships.lambda.ts',
    needs: { cassandra: true, dynamodb: ['memberships', 'liveAudiences'] },
    timeoutSeconds: 600,
    memoryMegabytes: 512,
  },
} as const satisfies Record<string, FunctionDeclaration>;

export type FunctionName = RouteName | keyof typeof OTHER_FUNCTIONS;

/** Every function of the system. Stacks, local gateway, bundler and tests read this and nothing else. */
export const FUNCTIONS: Readonly<Record<FunctionName, FunctionDeclaration>> = {
  ...HTTP_FUNCTIONS,
  ...OTHER_FUNCTIONS,
};

export const FUNCTION_NAMES = [...ROUTE_NAMES, ...Object.keys(OTHER_FUNCTIONS)] as FunctionName[];

/** The routes of the WebSocket API. */
export const SOCKET_ROUTES = {
  $connect: { function: 'connect', authorizer: 'authorize-connection' },
  $disconnect: { function: 'disconnect' },
  $default: { function: 'socket-message' },
} as const satisfies Record<string, { function: FunctionName; authorizer?: FunctionName }>;

/** Functions that run by the clock. */
export const SCHEDULES = [{ function: 'sweep-memberships', everyMinutes: 60 }] as const satisfies readonly {
  function: FunctionName;
  everyMinutes: number;
}[];

/** Functions that every deployment has and one machine has not: its secrets are files. */
export const CLOUD_FUNCTIONS = {
  /** The rotation function of the secret with the session tokens' key; the rotation gives it its rights. */
  'rotate-session-key': {
    entry: 'lambdas/operations/rotate-session-key.lambda.ts',
    needs: {},
    timeoutSeconds: 30,
    memoryMegabytes: 256,
  },
} as const satisfies Record<string, FunctionDeclaration>;

/** Functions of a deployment whose brokers are in MSK. */
export const MSK_FUNCTIONS = {
  /** At each deployment that has another cluster. Outside the VPC: from inside, MSK's API would need an endpoint. */
  'find-brokers': {
    entry: 'lambdas/operations/find-brokers.lambda.ts',
    needs: { findsBrokers: true },
    timeoutSeconds: 60,
    memoryMegabytes: 256,
  },
} as const satisfies Record<string, FunctionDeclaration>;

/** Functions of a deployment that takes over a keyspace of Amazon Keyspaces, whose tables are no resources of a stack. */
export const KEPT_KEYSPACE_FUNCTIONS = {
  /** At each deployment that changes the tables, before `set-up-stores`, which may not change any. */
  'set-up-keyspace': {
    entry: 'lambdas/operations/set-up-keyspace.lambda.ts',
    needs: { cassandra: true },
    timeoutSeconds: 600,
    memoryMegabytes: 512,
  },
} as const satisfies Record<string, FunctionDeclaration>;

/**
 * Functions of a deployment that runs Cassandra nodes of its own, and of no other: neither one machine nor Keyspaces nor a
 * cluster of the user's has certificates and roles to look after.
 */
export const NODE_FUNCTIONS = {
  /** At each deployment, before the nodes start, and daily. Outside the VPC: it reaches Secrets Manager only. */
  'issue-certificates': {
    entry: 'lambdas/operations/issue-certificates.lambda.ts',
    needs: { keepsSecrets: ['cassandraAuthority', 'cassandraTrust', 'cassandraNodes'] },
    timeoutSeconds: 60,
    memoryMegabytes: 512,
  },
  /** At each deployment that makes or changes nodes: the others have to be up before one is taken away. */
  'await-cassandra-node': {
    entry: 'lambdas/operations/await-cassandra-node.lambda.ts',
    needs: { cassandra: true },
    // Fourteen minutes: whoever calls it has fifteen.
    timeoutSeconds: 840,
    memoryMegabytes: 256,
  },
  /** Makes the tables too, as the administrator: at each deployment that changes nodes or tables, after the nodes and before `set-up-stores`. */
  'set-up-database-roles': {
    entry: 'lambdas/operations/set-up-database-roles.lambda.ts',
    needs: { administersRoles: true },
    timeoutSeconds: 600,
    memoryMegabytes: 512,
  },
  /** The rotation function of the secret with the role that the functions log in as; the rotation lets it write that. */
  'rotate-database-password': {
    entry: 'lambdas/operations/rotate-database-password.lambda.ts',
    needs: { administersRoles: true },
    timeoutSeconds: 120,
    memoryMegabytes: 512,
  },
} as const satisfies Record<string, FunctionDeclaration>;

export type NodeFunctionName = keyof typeof NODE_FUNCTIONS;

export const NODE_FUNCTION_NAMES = Object.keys(NODE_FUNCTIONS) as NodeFunctionName[];

/** Of these, what runs by the clock. */
export const NODE_SCHEDULES = [
  { function: 'issue-certificates', everyMinutes: 1_440 },
] as const satisfies readonly {
  function: NodeFunctionName;
  everyMinutes: number;
}[];
