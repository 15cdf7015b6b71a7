import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { ProblemBody } from '../../core/contract/problems.ts';
import { ROUTES, type RouteName } from '../../core/contract/routes.ts';
import { ORIGIN_SECRET_HEADER } from '../../core/contract/security-headers.ts';
import { TOPICS } from '../../core/contract/topics.ts';
import { createKafkaClient, type KafkaClientOptions } from '../../lambdas/adapters/kafka/kafka-client.ts';
import { setUpTopics } from '../../lambdas/adapters/kafka/set-up-topics.ts';
import { CuttingProxy } from '../../local/faults/cutting-proxy.ts';
import { functionEnvironment, TABLE_NAMES } from '../../local/run/function-environment.ts';
import { keepSecrets, readOriginSecret } from '../../local/run/secrets.ts';
import type { StoreAddresses } from '../../local/stores/stores.ts';
import { makeTemporaryKeyspace } from './temporary-keyspace.ts';
import { makeTemporaryTables } from './temporary-tables.ts';

type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what it is differs by route, and the tests say what they expect
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Values of `Set-Cookie`. */
  readonly cookies: readonly string[];
  readonly code: ProblemBody['code'] | undefined;
}

export const PASSWORD = 'an engine, analytical';

/** What somebody signs up with whom nobody has heard of. */
export function newPerson(of: Readonly<Record<string, string>> = {}) {
  const userId = `u${randomUUID().slice(0, 12)}`;
  const names = { firstName: 'Ada', lastName: 'Lovelace' };
  return { userId, emailId: `${userId}@example.com`, ...names, password: PASSWORD, ...of };
}

export function signIn(browser: Browser, login: string, password = PASSWORD): Promise<Answer> {
  return browser.call('sign-in', { body: { login, password } });
}

/** The functions in this process, on keyspace, tables and topics of their own. DynamoDB and Kafka can be taken away. */
export async function openFunctions(stores: StoreAddresses, settings: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'ping-me-functions-'));
  const secrets = await keepSecrets(folder);
  const originSecret = await readOriginSecret(secrets.originSecret);
  const keyspace = await makeTemporaryKeyspace(stores);
  const tables = await makeTemporaryTables(stores, TABLE_NAMES);
  const { hostname, port } = new URL(stores.dynamodb.endpoint);
  const dynamodb = await CuttingProxy.open({
    target: { host: hostname, port: Number(port) },
    protocol: 'plain',
  });
  const topicPrefix = `test-${randomUUID().slice(0, 8)}-`;
  const kafka = { brokers: () => stores.kafka.brokers, tls: false, onLog: () => undefined };
  await setUpTopics(kafka, {
    topicPrefix,
    partitions: 'local',
    replicationFactor: stores.replicationFactor,
    createsTopics: true,
  });
  const names = {
    topicPrefix,
    keyspace: keyspace.name,
    tablePrefix: tables.tableName('identities').replace(/identities$/, ''),
  };
  Object.assign(process.env, functionEnvironment(stores, names, secrets, settings), {
    DYNAMODB_ENDPOINT: `http://${dynamodb.address}`,
  });

  const browser = (address = `192.0.2.${Math.ceil(Math.random() * 250)}`) =>
    new Browser(originSecret, address);
  return {
    keyspace,
    tables,
    dynamodb,
    secrets,
    originSecret,
    /** Somebody with a browser: keeps cookies as one does. */
    browser,
    /** Somebody new, signed in. */
    signedUp: async () => {
      const person = { ...newPerson(), browser: browser() };
      const { browser: own, ...body } = person;
      const { status } = await own.call('sign-up', { body });
      if (status !== 201) throw new Error(`Signing up was answered with ${status}.`);
      return person;
    },
    remove: async () => {
      await dynamodb.close();
      await deleteTopics(kafka, topicPrefix);
      await Promise.allSettled([
        tables.remove(),
        keyspace.remove(),
        rm(folder, { recursive: true, force: true }),
      ]);
    },
  };
}

async function deleteTopics(kafka: KafkaClientOptions, topicPrefix: string): Promise<void> {
  const admin = (await createKafkaClient(kafka)).admin();
  await admin.connect();
  try {
    await admin.deleteTopics({ topics: Object.values(TOPICS).map(({ name }) => topicPrefix + name) });
  } finally {
    await admin.disconnect();
  }
}

interface CallOptions {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export class Browser {
  /** By name; a cookie whose Max-Age is 0 goes. */
  readonly cookies = new Map<string, { value: string; path: string }>();
  readonly #originSecret: string;
  readonly #address: string;

  constructor(originSecret: string, address: string) {
    this.#originSecret = originSecret;
    this.#address = address;
  }

  async call(name: RouteName, { params, query, body, headers = {} }: CallOptions = {}): Promise<Answer> {
    const { method, path } = ROUTES[name];
    const rawPath = path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => params?.[parameter] ?? '');
    const { handler } = (await import(`../../lambdas/http/${name}.lambda.ts`)) as { handler: HttpHandler };
    const event = {
      version: '2.0',
      routeKey: `${method} ${path}`,
      rawPath,
      rawQueryString: new URLSearchParams(query).toString(),
      cookies: [...this.cookies].flatMap(([cookie, { value, path: prefix }]) =>
        rawPath.startsWith(prefix) ? [`${cookie}=${value}`] : [],
      ),
      headers: {
        host: 'api.example.com',
        origin: 'https://ping.example.com',
        'x-ping-me-host': 'ping.example.com',
        'x-forwarded-for': `${this.#address}, 127.0.0.1`,
        [ORIGIN_SECRET_HEADER]: this.#originSecret,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(params ? { pathParameters: params } : {}),
      ...(query ? { queryStringParameters: query } : {}),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      isBase64Encoded: false,
      requestContext: { requestId: randomUUID(), http: { method, path: rawPath, sourceIp: '127.0.0.1' } },
    } as unknown as APIGatewayProxyEventV2;
    return this.#answerOf(await handler(event, {} as Context));
  }

  #answerOf({ statusCode = 0, body, headers = {}, cookies = [] }: APIGatewayProxyStructuredResultV2): Answer {
    for (const cookie of cookies) {
      const [, name = '', value = '', path = ''] = /^([^=]+)=([^;]*); Path=([^;]+);/.exec(cookie) ?? [];
      if (cookie.includes('Max-Age=0;')) this.cookies.delete(name);
      else this.cookies.set(name, { value, path });
    }
    const parsed = body ? JSON.parse(body) : undefined;
    return {
      status: statusCode,
      body: parsed,
      headers,
      cookies,
      code: statusCode >= 400 ? parsed?.code : undefined,
    };
  }
}
