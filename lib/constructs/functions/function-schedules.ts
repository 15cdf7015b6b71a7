import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, type IDependable } from 'constructs';
import { type FunctionName, SCHEDULES } from '../../../core/contract/functions.ts';
import { acknowledge } from '../acknowledge.ts';

/** The functions that run by the clock, once what they work on is there. */
export class FunctionSchedules extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { functions, after }: { functions: Readonly<Record<FunctionName, IFunction>>; after: IDependable },
  ) {
    super(scope, id);
    for (const { function: name, everyMinutes } of SCHEDULES) {
      const rule = new Rule(this, name, {
        description: `Ping Me: ${name}`,
        schedule: Schedule.rate(Duration.minutes(everyMinutes)),
        // The next run does what this one could not.
        targets: [new LambdaFunction(functions[name], { retryAttempts: 0 })],
      });
      rule.node.addDependency(after);
      acknowledge(rule, {
        'Serverless-EventBusDLQ': 'The next run by the clock does what this one could not.',
      });
    }
  }
}
