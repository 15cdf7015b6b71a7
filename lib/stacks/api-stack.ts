import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CASSANDRA_TABLES } from '../../core/contract/cassandra-tables.ts';
import { EVENT_SOURCES } from '../../core/contract/event-sources.ts';
import { FUNCTION_NAMES, FUNCTIONS } from '../../core/contract/functions.ts';
import { TOPICS } from '../../core/contract/topics.ts';
import type { Config } from '../config.ts';
import { ApiGatewayAccount } from '../constructs/api/api-gateway-account.ts';
import { PingMeHttpApi } from '../constructs/api/http-api.ts';
import { PingMeSocketApi } from '../constructs/api/socket-api.ts';
import type { Database } from '../constructs/database/database.ts';
import { acknowledgeFunctions } from '../constructs/functions/acknowledge-functions.ts';
import type { FunctionNetwork } from '../constructs/functions/function-network.ts';
import { FunctionSchedules } from '../constructs/functions/function-schedules.ts';
import { PingMeFunctions } from '../constructs/functions/ping-me-functions.ts';
import { RunAtDeployment } from '../constructs/functions/run-at-deployment.ts';
import type { MessageLog } from '../constructs/message-log/message-log.ts';
import type { State } from '../constructs/state/state.ts';
import type { Sizes } from '../sizes.ts';

export interface ApiStackProps extends StackProps {
  readonly config: Config;
  readonly sizes: Sizes;
  readonly log: MessageLog;
  readonly database: Database;
  readonly state: State;
  readonly network: FunctionNetwork | undefined;
}

/** Functions, HTTP API, WebSocket API, consumers and set-up: everything that holds no data. */
export class ApiStack extends Stack {
  readonly http: PingMeHttpApi;
  readonly sockets: PingMeSocketApi;
  readonly functions: PingMeFunctions;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { config, sizes, log, database, state, network } = props;
    this.sockets = new PingMeSocketApi(this, 'Sockets', {
      sizes,
      connectionsEndpoint: config.connectionsEndpoint,
    });
    const { connectionsEndpoint } = this.sockets;
    this.functions = new PingMeFunctions(this, 'Functions', {
      surroundings: { log, database, state, connectionsEndpoint },
      network,
      config,
      sizes,
    });
    const functions = this.functions.byName;
    acknowledgeFunctions(this.functions);

    this.http = new PingMeHttpApi(this, 'Http', { functions, sizes });
    this.sockets.addRoutes(functions, { answers: config.socketAnswers });
    if (config.manageApiGatewayAccount) this.sockets.dependOn(new ApiGatewayAccount(this, 'Account'));
    for (const name of FUNCTION_NAMES) {
      if (FUNCTIONS[name].needs.connections) this.sockets.grantConnections(functions[name]);
    }

    const setUp = new RunAtDeployment(this, 'SetUp', {
      target: functions['set-up-stores'],
      resourceType: 'Custom::PingMeStores',
      declaration: { TOPICS, CASSANDRA_TABLES },
      sizes,
    });
    new FunctionSchedules(this, 'Schedules', { functions, after: setUp.resource });
    this.#connectConsumers(config, log, setUp);

    new CfnOutput(this, 'HttpApiEndpoint', { value: this.http.api.apiEndpoint });
    new CfnOutput(this, 'SocketApiEndpoint', { value: this.sockets.stage.url });
  }

  #connectConsumers({ eventSource }: Config, log: MessageLog, setUp: RunAtDeployment): void {
    const functions = this.functions.byName;
    if (eventSource === 'lambda') {
      for (const declaration of EVENT_SOURCES) {
        // Topics that the set-up makes are not there before it.
        log.addEventSource(functions[declaration.function], declaration).node.addDependency(setUp.resource);
      }
      return;
    }
    for (const name of new Set(EVENT_SOURCES.map((source) => source.function))) {
      new CfnOutput(this, `function-${name}`, {
        value: functions[name].functionName,
        description: `What the poller invokes for: ${EVENT_SOURCES.filter(
          (source) => source.function === name,
        )
          .map((source) => source.name)
          .join(', ')}`,
      });
    }
  }
}
