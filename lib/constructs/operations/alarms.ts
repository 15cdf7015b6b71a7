import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { EVENT_SOURCES } from '../../../core/contract/event-sources.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../../core/contract/functions.ts';
import { TOPICS } from '../../../core/contract/topics.ts';
import type { PingMeFunction } from '../functions/ping-me-function.ts';
import type { AlarmDeclaration } from './alarm-declaration.ts';
import { brokerMetric, clusterMetric, consumerDelay, numbersTo, ownMetric } from './metrics.ts';
import { nodeAlarms } from './node-alarms.ts';

/** Where somebody who is woken reads on; each kind of alarm has a section of its name. */
const RUNBOOK = 'docs/operations.md';

export interface AlarmsProps {
  readonly functions: Readonly<Record<FunctionName, PingMeFunction>>;
  /** Of MSK, where there is one. */
  readonly clusterName: string | undefined;
  readonly brokers: number;
  /** Groups of the Cassandra nodes, where they are the stack's. */
  readonly nodeGroups: readonly string[];
  readonly topic: ITopic;
}

const DAY_SECONDS = 24 * 60 * 60;

/** What somebody has to be told of, each with what to do. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.all = [...ofTheFunctions(props), ...ofKafka(props), ...nodeAlarms(props.nodeGroups)].map(
      (declaration) => this.#make(declaration, props.topic),
    );
  }

  #make(declaration: AlarmDeclaration, topic: ITopic): Alarm {
    const { name, node, means, metric, threshold, minutes, below, missing } = declaration;
    const alarm = new Alarm(this, node === undefined ? name : `${name}-${node}`, {
      alarmDescription: `${means} See ${RUNBOOK}#${name}.`,
      metric,
      threshold,
      evaluationPeriods: minutes,
      datapointsToAlarm: minutes,
      comparisonOperator:
        below === true
          ? ComparisonOperator.LESS_THAN_THRESHOLD
          : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: missing ?? TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    alarm.addOkAction(new SnsAction(topic));
    return alarm;
  }
}

function ofTheFunctions({ functions }: AlarmsProps): AlarmDeclaration[] {
  const minute = Duration.minutes(1);
  return [
    {
      name: 'posts-unconfirmed',
      means:
        'The log does not confirm posts within their deadline; people see “waiting”, and nothing is lost.',
      metric: ownMetric('PostsUnconfirmed'),
      threshold: 10,
      minutes: 3,
    },
    {
      name: 'delivery-slow',
      means: 'Messages take more than two seconds from the log to those who are there.',
      metric: ownMetric('DeliveryTime', 'p95'),
      threshold: 2_000,
      minutes: 5,
    },
    {
      name: 'store-retries',
      means: 'Batches are not stored; posting and live messages go on, and the log keeps what is missing.',
      metric: ownMetric('StoreRetries'),
      threshold: 1,
      minutes: 10,
    },
    {
      name: 'dead-letters',
      means: 'A record can never be stored and was put aside.',
      metric: ownMetric('DeadLetters'),
      threshold: 1,
      minutes: 1,
    },
    {
      name: 'requests-failed',
      means: 'The API answers 5xx.',
      metric: ownMetric('RequestsFailed'),
      threshold: 20,
      minutes: 5,
    },
    {
      name: 'store-failing',
      means: 'The function that stores messages fails as a whole.',
      metric: functions.store.metricErrors({ period: minute }),
      threshold: 1,
      minutes: 10,
    },
    {
      name: 'deliver-failing',
      means: 'The function that delivers messages fails as a whole: nobody hears anything live.',
      metric: functions.deliver.metricErrors({ period: minute }),
      threshold: 1,
      minutes: 5,
    },
    {
      name: 'sweep-failing',
      means: 'The hourly sweep of memberships failed.',
      metric: functions['sweep-memberships'].metricErrors({ period: Duration.hours(1) }),
      threshold: 1,
      minutes: 2,
    },
    {
      name: 'functions-throttled',
      means: 'Lambda refuses invocations: the account or a reservation is at its limit.',
      metric: sumOverFunctions(functions),
      threshold: 10,
      minutes: 3,
    },
  ];
}

/** CloudWatch adds up ten metrics in an alarm at most, so it asks for the account's own sum of throttles. */
function sumOverFunctions(functions: AlarmsProps['functions']): IMetric {
  const watched = FUNCTION_NAMES.filter((name) => WATCHED_FOR_THROTTLES.has(name));
  return new MathExpression({
    expression: watched.map((_, index) => `m${index}`).join(' + '),
    usingMetrics: Object.fromEntries(
      watched.map((name, index) => [
        `m${index}`,
        functions[name].metricThrottles({ period: Duration.minutes(1) }),
      ]),
    ),
    period: Duration.minutes(1),
    label: 'throttled invocations',
  });
}

/** What people notice first. */
const WATCHED_FOR_THROTTLES: ReadonlySet<FunctionName> = new Set<FunctionName>([
  'post-message',
  'read-history',
  'list-conversations',
  'sign-in',
  'refresh-session',
  'authorize-connection',
  'connect',
  'deliver',
  'store',
]);

function ofKafka({ clusterName, brokers }: AlarmsProps): AlarmDeclaration[] {
  if (clusterName === undefined) return [];
  return [
    ...EVENT_SOURCES.map(({ name, topic }) => ({
      name: `lag-${name}`,
      means: `The group ${name} has not read what is older than a day; the log keeps it for a limited time only.`,
      metric: consumerDelay(clusterName, name, TOPICS[topic].name),
      // An hour is too late to hear of people who hear nothing.
      threshold: name === 'store-messages' ? DAY_SECONDS : 5 * 60,
      minutes: 5,
    })),
    {
      name: 'broker-disk',
      means: 'A broker’s disk is 60 % full and grows by itself only up to the configured size.',
      metric: new MathExpression({
        expression: `MAX([${numbersTo(brokers)
          .map((broker) => `disk${broker}`)
          .join(', ')}])`,
        usingMetrics: Object.fromEntries(
          numbersTo(brokers).map((broker) => [
            `disk${broker}`,
            brokerMetric(clusterName, 'KafkaDataLogsDiskUsed', broker, 'Maximum'),
          ]),
        ),
        period: Duration.minutes(1),
        label: 'fullest disk',
      }),
      threshold: 60,
      minutes: 15,
    },
    {
      name: 'broker-away',
      means: 'Partitions have fewer copies in sync than they should: a broker is away or behind.',
      metric: new MathExpression({
        expression: numbersTo(brokers)
          .map((broker) => `behind${broker}`)
          .join(' + '),
        usingMetrics: Object.fromEntries(
          numbersTo(brokers).map((broker) => [
            `behind${broker}`,
            brokerMetric(clusterName, 'UnderReplicatedPartitions', broker, 'Maximum'),
          ]),
        ),
        period: Duration.minutes(1),
        label: 'partitions with too few copies',
      }),
      threshold: 1,
      minutes: 10,
    },
    {
      name: 'kafka-controller',
      means: 'Kafka has no controller: partitions without a leader stay so.',
      metric: clusterMetric(clusterName, 'ActiveControllerCount'),
      threshold: 1,
      below: true as const,
      minutes: 5,
    },
  ];
}
